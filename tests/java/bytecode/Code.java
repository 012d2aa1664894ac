// The code of one method for Asm: instructions, labels, jumps that are patched at the end, handlers.
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Code {
  private record Fix(int at, int from, String label, boolean wide) {}

  private final Asm asm;
  private final byte[] head;
  private final int stack, locals;
  private final Asm.Bytes code = new Asm.Bytes();
  private final Map<String, Integer> labels = new HashMap<>();
  private final List<Fix> fixes = new ArrayList<>();
  private final List<String[]> handlers = new ArrayList<>();
  private byte[] stackMap;
  private int stackMapCount;

  Code(Asm asm, byte[] head, int stack, int locals) {
    this.asm = asm;
    this.head = head;
    this.stack = stack;
    this.locals = locals;
  }

  /** Bytes as they are: opcodes and one-byte operands. */
  Code op(int... bytes) {
    code.u1(bytes);
    return this;
  }

  /** An opcode with a two-byte operand. */
  Code op2(int opcode, int operand) {
    code.u1(opcode).u2(operand);
    return this;
  }

  Code u2(int... vs) {
    code.u2(vs);
    return this;
  }

  Code u4(int v) {
    code.u4(v);
    return this;
  }

  Code ldc(int index) {
    return index < 256 ? op(Op.LDC, index) : op2(Op.LDC_W, index);
  }

  Code label(String l) {
    labels.put(l, code.size());
    return this;
  }

  Code jump(int opcode, String l) {
    fixes.add(new Fix(code.size() + 1, code.size(), l, opcode == Op.GOTO_W || opcode == Op.JSR_W));
    return opcode == Op.GOTO_W || opcode == Op.JSR_W ? op(opcode).u4(0) : op2(opcode, 0);
  }

  Code tableswitch(int low, String dflt, String... targets) {
    int from = code.size();
    pad(Op.TABLESWITCH);
    wide(from, dflt);
    u4(low).u4(low + targets.length - 1);
    for (String t : targets) wide(from, t);
    return this;
  }

  Code lookupswitch(String dflt, Object... keysAndTargets) {
    int from = code.size();
    pad(Op.LOOKUPSWITCH);
    wide(from, dflt);
    u4(keysAndTargets.length / 2);
    for (int i = 0; i < keysAndTargets.length; i += 2) {
      u4((Integer) keysAndTargets[i]);
      wide(from, (String) keysAndTargets[i + 1]);
    }
    return this;
  }

  private void pad(int opcode) {
    op(opcode);
    while (code.size() % 4 != 0) op(0);
  }

  private void wide(int from, String l) {
    fixes.add(new Fix(code.size(), from, l, true));
    u4(0);
  }

  Code handler(String from, String to, String at, String type) {
    handlers.add(new String[] {from, to, at, type});
    return this;
  }

  Code stackMap(int count, byte[] frames) {
    stackMapCount = count;
    stackMap = frames;
    return this;
  }

  int at() {
    return code.size();
  }

  byte[] finish() {
    byte[] bytes = code.bytes();
    for (Fix f : fixes) {
      int delta = labels.get(f.label) - f.from, at = f.at;
      if (f.wide) {
        bytes[at++] = (byte) (delta >> 24);
        bytes[at++] = (byte) (delta >> 16);
      }
      bytes[at++] = (byte) (delta >> 8);
      bytes[at] = (byte) delta;
    }
    Asm.Bytes body = new Asm.Bytes().u2(stack, locals).u4(bytes.length).put(bytes).u2(handlers.size());
    for (String[] h : handlers) {
      body.u2(labels.get(h[0]), labels.get(h[1]), labels.get(h[2]), h[3] == null ? 0 : asm.cls(h[3]));
    }
    if (stackMap == null) {
      body.u2(0);
    } else {
      body.u2(1, asm.utf8("StackMapTable")).u4(stackMap.length + 2).u2(stackMapCount).put(stackMap);
    }
    return new Asm.Bytes().put(head).u2(1, asm.utf8("Code")).u4(body.size()).put(body.bytes()).bytes();
  }
}
