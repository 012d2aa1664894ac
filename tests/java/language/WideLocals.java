// More than 300 locals (wide loads, stores, iinc, ret slots), long and double among them, live over calls.
public class WideLocals {
  static long mix(long a, long b) {
    return a * 31 + b;
  }

  static long many(int seed) {
    int a0 = seed + 0; long b0 = a0 * 3L; double d0 = b0 / 2.0; Object o0 = a0;
    int a4 = seed + 4; long b4 = a4 * 3L; double d4 = b4 / 2.0; Object o4 = a4;
    int a8 = seed + 8; long b8 = a8 * 3L; double d8 = b8 / 2.0; Object o8 = a8;
    int a12 = seed + 12; long b12 = a12 * 3L; double d12 = b12 / 2.0; Object o12 = a12;
    int a16 = seed + 16; long b16 = a16 * 3L; double d16 = b16 / 2.0; Object o16 = a16;
    int a20 = seed + 20; long b20 = a20 * 3L; double d20 = b20 / 2.0; Object o20 = a20;
    int a24 = seed + 24; long b24 = a24 * 3L; double d24 = b24 / 2.0; Object o24 = a24;
    int a28 = seed + 28; long b28 = a28 * 3L; double d28 = b28 / 2.0; Object o28 = a28;
    int a32 = seed + 32; long b32 = a32 * 3L; double d32 = b32 / 2.0; Object o32 = a32;
    int a36 = seed + 36; long b36 = a36 * 3L; double d36 = b36 / 2.0; Object o36 = a36;
    int a40 = seed + 40; long b40 = a40 * 3L; double d40 = b40 / 2.0; Object o40 = a40;
    int a44 = seed + 44; long b44 = a44 * 3L; double d44 = b44 / 2.0; Object o44 = a44;
    int a48 = seed + 48; long b48 = a48 * 3L; double d48 = b48 / 2.0; Object o48 = a48;
    int a52 = seed + 52; long b52 = a52 * 3L; double d52 = b52 / 2.0; Object o52 = a52;
    int a56 = seed + 56; long b56 = a56 * 3L; double d56 = b56 / 2.0; Object o56 = a56;
    int a60 = seed + 60; long b60 = a60 * 3L; double d60 = b60 / 2.0; Object o60 = a60;
    int a64 = seed + 64; long b64 = a64 * 3L; double d64 = b64 / 2.0; Object o64 = a64;
    int a68 = seed + 68; long b68 = a68 * 3L; double d68 = b68 / 2.0; Object o68 = a68;
    int a72 = seed + 72; long b72 = a72 * 3L; double d72 = b72 / 2.0; Object o72 = a72;
    int a76 = seed + 76; long b76 = a76 * 3L; double d76 = b76 / 2.0; Object o76 = a76;
    int a80 = seed + 80; long b80 = a80 * 3L; double d80 = b80 / 2.0; Object o80 = a80;
    int a84 = seed + 84; long b84 = a84 * 3L; double d84 = b84 / 2.0; Object o84 = a84;
    int a88 = seed + 88; long b88 = a88 * 3L; double d88 = b88 / 2.0; Object o88 = a88;
    int a92 = seed + 92; long b92 = a92 * 3L; double d92 = b92 / 2.0; Object o92 = a92;
    int a96 = seed + 96; long b96 = a96 * 3L; double d96 = b96 / 2.0; Object o96 = a96;
    int a100 = seed + 100; long b100 = a100 * 3L; double d100 = b100 / 2.0; Object o100 = a100;
    int a104 = seed + 104; long b104 = a104 * 3L; double d104 = b104 / 2.0; Object o104 = a104;
    int a108 = seed + 108; long b108 = a108 * 3L; double d108 = b108 / 2.0; Object o108 = a108;
    int a112 = seed + 112; long b112 = a112 * 3L; double d112 = b112 / 2.0; Object o112 = a112;
    int a116 = seed + 116; long b116 = a116 * 3L; double d116 = b116 / 2.0; Object o116 = a116;
    int a120 = seed + 120; long b120 = a120 * 3L; double d120 = b120 / 2.0; Object o120 = a120;
    int a124 = seed + 124; long b124 = a124 * 3L; double d124 = b124 / 2.0; Object o124 = a124;
    int a128 = seed + 128; long b128 = a128 * 3L; double d128 = b128 / 2.0; Object o128 = a128;
    int a132 = seed + 132; long b132 = a132 * 3L; double d132 = b132 / 2.0; Object o132 = a132;
    int a136 = seed + 136; long b136 = a136 * 3L; double d136 = b136 / 2.0; Object o136 = a136;
    int a140 = seed + 140; long b140 = a140 * 3L; double d140 = b140 / 2.0; Object o140 = a140;
    int a144 = seed + 144; long b144 = a144 * 3L; double d144 = b144 / 2.0; Object o144 = a144;
    int a148 = seed + 148; long b148 = a148 * 3L; double d148 = b148 / 2.0; Object o148 = a148;
    int a152 = seed + 152; long b152 = a152 * 3L; double d152 = b152 / 2.0; Object o152 = a152;
    int a156 = seed + 156; long b156 = a156 * 3L; double d156 = b156 / 2.0; Object o156 = a156;
    int a160 = seed + 160; long b160 = a160 * 3L; double d160 = b160 / 2.0; Object o160 = a160;
    int a164 = seed + 164; long b164 = a164 * 3L; double d164 = b164 / 2.0; Object o164 = a164;
    int a168 = seed + 168; long b168 = a168 * 3L; double d168 = b168 / 2.0; Object o168 = a168;
    int a172 = seed + 172; long b172 = a172 * 3L; double d172 = b172 / 2.0; Object o172 = a172;
    int a176 = seed + 176; long b176 = a176 * 3L; double d176 = b176 / 2.0; Object o176 = a176;
    int a180 = seed + 180; long b180 = a180 * 3L; double d180 = b180 / 2.0; Object o180 = a180;
    int a184 = seed + 184; long b184 = a184 * 3L; double d184 = b184 / 2.0; Object o184 = a184;
    int a188 = seed + 188; long b188 = a188 * 3L; double d188 = b188 / 2.0; Object o188 = a188;
    int a192 = seed + 192; long b192 = a192 * 3L; double d192 = b192 / 2.0; Object o192 = a192;
    int a196 = seed + 196; long b196 = a196 * 3L; double d196 = b196 / 2.0; Object o196 = a196;
    int a200 = seed + 200; long b200 = a200 * 3L; double d200 = b200 / 2.0; Object o200 = a200;
    int a204 = seed + 204; long b204 = a204 * 3L; double d204 = b204 / 2.0; Object o204 = a204;
    int a208 = seed + 208; long b208 = a208 * 3L; double d208 = b208 / 2.0; Object o208 = a208;
    int a212 = seed + 212; long b212 = a212 * 3L; double d212 = b212 / 2.0; Object o212 = a212;
    int a216 = seed + 216; long b216 = a216 * 3L; double d216 = b216 / 2.0; Object o216 = a216;
    int a220 = seed + 220; long b220 = a220 * 3L; double d220 = b220 / 2.0; Object o220 = a220;
    int a224 = seed + 224; long b224 = a224 * 3L; double d224 = b224 / 2.0; Object o224 = a224;
    int a228 = seed + 228; long b228 = a228 * 3L; double d228 = b228 / 2.0; Object o228 = a228;
    int a232 = seed + 232; long b232 = a232 * 3L; double d232 = b232 / 2.0; Object o232 = a232;
    int a236 = seed + 236; long b236 = a236 * 3L; double d236 = b236 / 2.0; Object o236 = a236;
    int a240 = seed + 240; long b240 = a240 * 3L; double d240 = b240 / 2.0; Object o240 = a240;
    int a244 = seed + 244; long b244 = a244 * 3L; double d244 = b244 / 2.0; Object o244 = a244;
    int a248 = seed + 248; long b248 = a248 * 3L; double d248 = b248 / 2.0; Object o248 = a248;
    int a252 = seed + 252; long b252 = a252 * 3L; double d252 = b252 / 2.0; Object o252 = a252;
    int a256 = seed + 256; long b256 = a256 * 3L; double d256 = b256 / 2.0; Object o256 = a256;
    int a260 = seed + 260; long b260 = a260 * 3L; double d260 = b260 / 2.0; Object o260 = a260;
    int a264 = seed + 264; long b264 = a264 * 3L; double d264 = b264 / 2.0; Object o264 = a264;
    int a268 = seed + 268; long b268 = a268 * 3L; double d268 = b268 / 2.0; Object o268 = a268;
    int a272 = seed + 272; long b272 = a272 * 3L; double d272 = b272 / 2.0; Object o272 = a272;
    int a276 = seed + 276; long b276 = a276 * 3L; double d276 = b276 / 2.0; Object o276 = a276;
    int a280 = seed + 280; long b280 = a280 * 3L; double d280 = b280 / 2.0; Object o280 = a280;
    int a284 = seed + 284; long b284 = a284 * 3L; double d284 = b284 / 2.0; Object o284 = a284;
    int a288 = seed + 288; long b288 = a288 * 3L; double d288 = b288 / 2.0; Object o288 = a288;
    int a292 = seed + 292; long b292 = a292 * 3L; double d292 = b292 / 2.0; Object o292 = a292;
    int a296 = seed + 296; long b296 = a296 * 3L; double d296 = b296 / 2.0; Object o296 = a296;
    int a300 = seed + 300; long b300 = a300 * 3L; double d300 = b300 / 2.0; Object o300 = a300;
    int a304 = seed + 304; long b304 = a304 * 3L; double d304 = b304 / 2.0; Object o304 = a304;
    int a308 = seed + 308; long b308 = a308 * 3L; double d308 = b308 / 2.0; Object o308 = a308;
    int a312 = seed + 312; long b312 = a312 * 3L; double d312 = b312 / 2.0; Object o312 = a312;
    int a316 = seed + 316; long b316 = a316 * 3L; double d316 = b316 / 2.0; Object o316 = a316;
    for (int i = 0; i < 3; i++) {
      a0 += 1; a28 += 1000; a4++; b28 -= i; d24 *= 1.5; o20 = "s" + a0;
      a32 += 5; a60 += 1000; a36++; b60 -= i; d56 *= 1.5; o52 = "s" + a32;
      a64 += 2; a92 += 1000; a68++; b92 -= i; d88 *= 1.5; o84 = "s" + a64;
      a96 += 6; a124 += 1000; a100++; b124 -= i; d120 *= 1.5; o116 = "s" + a96;
      a128 += 3; a156 += 1000; a132++; b156 -= i; d152 *= 1.5; o148 = "s" + a128;
      a160 += 7; a188 += 1000; a164++; b188 -= i; d184 *= 1.5; o180 = "s" + a160;
      a192 += 4; a220 += 1000; a196++; b220 -= i; d216 *= 1.5; o212 = "s" + a192;
      a224 += 1; a252 += 1000; a228++; b252 -= i; d248 *= 1.5; o244 = "s" + a224;
      a256 += 5; a284 += 1000; a260++; b284 -= i; d280 *= 1.5; o276 = "s" + a256;
      a288 += 2; a316 += 1000; a292++; b316 -= i; d312 *= 1.5; o308 = "s" + a288;
    }
    long h = 0;
    h = mix(h, a0 + b0 + (long) d0 + o0.hashCode()); h = mix(h, a4 ^ b4 ^ (long) d4 ^ o4.hashCode());
    h = mix(h, a8 + b8 + (long) d8 + o8.hashCode()); h = mix(h, a12 ^ b12 ^ (long) d12 ^ o12.hashCode());
    h = mix(h, a16 + b16 + (long) d16 + o16.hashCode()); h = mix(h, a20 ^ b20 ^ (long) d20 ^ o20.hashCode());
    h = mix(h, a24 + b24 + (long) d24 + o24.hashCode()); h = mix(h, a28 ^ b28 ^ (long) d28 ^ o28.hashCode());
    h = mix(h, a32 + b32 + (long) d32 + o32.hashCode()); h = mix(h, a36 ^ b36 ^ (long) d36 ^ o36.hashCode());
    h = mix(h, a40 + b40 + (long) d40 + o40.hashCode()); h = mix(h, a44 ^ b44 ^ (long) d44 ^ o44.hashCode());
    h = mix(h, a48 + b48 + (long) d48 + o48.hashCode()); h = mix(h, a52 ^ b52 ^ (long) d52 ^ o52.hashCode());
    h = mix(h, a56 + b56 + (long) d56 + o56.hashCode()); h = mix(h, a60 ^ b60 ^ (long) d60 ^ o60.hashCode());
    h = mix(h, a64 + b64 + (long) d64 + o64.hashCode()); h = mix(h, a68 ^ b68 ^ (long) d68 ^ o68.hashCode());
    h = mix(h, a72 + b72 + (long) d72 + o72.hashCode()); h = mix(h, a76 ^ b76 ^ (long) d76 ^ o76.hashCode());
    h = mix(h, a80 + b80 + (long) d80 + o80.hashCode()); h = mix(h, a84 ^ b84 ^ (long) d84 ^ o84.hashCode());
    h = mix(h, a88 + b88 + (long) d88 + o88.hashCode()); h = mix(h, a92 ^ b92 ^ (long) d92 ^ o92.hashCode());
    h = mix(h, a96 + b96 + (long) d96 + o96.hashCode()); h = mix(h, a100 ^ b100 ^ (long) d100 ^ o100.hashCode());
    h = mix(h, a104 + b104 + (long) d104 + o104.hashCode()); h = mix(h, a108 ^ b108 ^ (long) d108 ^ o108.hashCode());
    h = mix(h, a112 + b112 + (long) d112 + o112.hashCode()); h = mix(h, a116 ^ b116 ^ (long) d116 ^ o116.hashCode());
    h = mix(h, a120 + b120 + (long) d120 + o120.hashCode()); h = mix(h, a124 ^ b124 ^ (long) d124 ^ o124.hashCode());
    h = mix(h, a128 + b128 + (long) d128 + o128.hashCode()); h = mix(h, a132 ^ b132 ^ (long) d132 ^ o132.hashCode());
    h = mix(h, a136 + b136 + (long) d136 + o136.hashCode()); h = mix(h, a140 ^ b140 ^ (long) d140 ^ o140.hashCode());
    h = mix(h, a144 + b144 + (long) d144 + o144.hashCode()); h = mix(h, a148 ^ b148 ^ (long) d148 ^ o148.hashCode());
    h = mix(h, a152 + b152 + (long) d152 + o152.hashCode()); h = mix(h, a156 ^ b156 ^ (long) d156 ^ o156.hashCode());
    h = mix(h, a160 + b160 + (long) d160 + o160.hashCode()); h = mix(h, a164 ^ b164 ^ (long) d164 ^ o164.hashCode());
    h = mix(h, a168 + b168 + (long) d168 + o168.hashCode()); h = mix(h, a172 ^ b172 ^ (long) d172 ^ o172.hashCode());
    h = mix(h, a176 + b176 + (long) d176 + o176.hashCode()); h = mix(h, a180 ^ b180 ^ (long) d180 ^ o180.hashCode());
    h = mix(h, a184 + b184 + (long) d184 + o184.hashCode()); h = mix(h, a188 ^ b188 ^ (long) d188 ^ o188.hashCode());
    h = mix(h, a192 + b192 + (long) d192 + o192.hashCode()); h = mix(h, a196 ^ b196 ^ (long) d196 ^ o196.hashCode());
    h = mix(h, a200 + b200 + (long) d200 + o200.hashCode()); h = mix(h, a204 ^ b204 ^ (long) d204 ^ o204.hashCode());
    h = mix(h, a208 + b208 + (long) d208 + o208.hashCode()); h = mix(h, a212 ^ b212 ^ (long) d212 ^ o212.hashCode());
    h = mix(h, a216 + b216 + (long) d216 + o216.hashCode()); h = mix(h, a220 ^ b220 ^ (long) d220 ^ o220.hashCode());
    h = mix(h, a224 + b224 + (long) d224 + o224.hashCode()); h = mix(h, a228 ^ b228 ^ (long) d228 ^ o228.hashCode());
    h = mix(h, a232 + b232 + (long) d232 + o232.hashCode()); h = mix(h, a236 ^ b236 ^ (long) d236 ^ o236.hashCode());
    h = mix(h, a240 + b240 + (long) d240 + o240.hashCode()); h = mix(h, a244 ^ b244 ^ (long) d244 ^ o244.hashCode());
    h = mix(h, a248 + b248 + (long) d248 + o248.hashCode()); h = mix(h, a252 ^ b252 ^ (long) d252 ^ o252.hashCode());
    h = mix(h, a256 + b256 + (long) d256 + o256.hashCode()); h = mix(h, a260 ^ b260 ^ (long) d260 ^ o260.hashCode());
    h = mix(h, a264 + b264 + (long) d264 + o264.hashCode()); h = mix(h, a268 ^ b268 ^ (long) d268 ^ o268.hashCode());
    h = mix(h, a272 + b272 + (long) d272 + o272.hashCode()); h = mix(h, a276 ^ b276 ^ (long) d276 ^ o276.hashCode());
    h = mix(h, a280 + b280 + (long) d280 + o280.hashCode()); h = mix(h, a284 ^ b284 ^ (long) d284 ^ o284.hashCode());
    h = mix(h, a288 + b288 + (long) d288 + o288.hashCode()); h = mix(h, a292 ^ b292 ^ (long) d292 ^ o292.hashCode());
    h = mix(h, a296 + b296 + (long) d296 + o296.hashCode()); h = mix(h, a300 ^ b300 ^ (long) d300 ^ o300.hashCode());
    h = mix(h, a304 + b304 + (long) d304 + o304.hashCode()); h = mix(h, a308 ^ b308 ^ (long) d308 ^ o308.hashCode());
    h = mix(h, a312 + b312 + (long) d312 + o312.hashCode()); h = mix(h, a316 ^ b316 ^ (long) d316 ^ o316.hashCode());
    int last = 40000;
    last += 32767;
    last += -32768;
    try {
      Object o = o316;
      return mix(h, ((String) o).length());
    } catch (ClassCastException e) {
      return mix(h, last);
    } finally {
      last++;
      a316 = last;
    }
  }

  public static void main(String[] args) {
    for (int seed = -2; seed <= 2; seed++) System.out.println(many(seed * 1000));
  }
}
