import java.util.*;
import com.fasterxml.jackson.databind.*;
import com.google.gson.*;
public class Json extends Bench {
    public static class P {
        public int id;
        public String name;
        public double w;
        public boolean ok;
        public List<String> tags = new ArrayList<String>();
        public Map<String, Integer> m = new TreeMap<String, Integer>();
        public P next;
        public K kind;
        public long[] arr;
    }
    public enum K { A, B, C }
    public static void main(String[] a) throws Throwable { new Json().go(a); }
    public String iterate(int it) throws Exception {
        Rnd r = new Rnd(2);
        List<P> l = new ArrayList<P>();
        P prev = null;
        for (int i = 0; i < size; i++) {
            P p = new P();
            p.id = i;
            p.name = text(r, 3);
            p.w = r.next(100000) / 64.0;
            p.ok = r.next(2) == 0;
            for (int k = r.next(6); k > 0; k--) p.tags.add(word(r));
            for (int k = r.next(5); k > 0; k--) p.m.put(word(r), r.next(1000));
            p.kind = K.values()[r.next(3)];
            p.arr = new long[r.next(8)];
            for (int k = 0; k < p.arr.length; k++) p.arr[k] = r.next(1 << 30);
            if (i % 4 != 0) p.next = prev;
            prev = p;
            if (i % 4 == 3) {
                l.add(p);
                prev = null;
            }
        }
        ObjectMapper om = new ObjectMapper();
        String s = om.writeValueAsString(l);
        P[] q = om.readValue(s, P[].class);
        String s2 = om.writerWithDefaultPrettyPrinter().writeValueAsString(q);
        JsonNode n = om.readTree(s2);
        long sum = 0;
        for (JsonNode x : n) sum += x.path("next").path("id").asInt() + x.path("m").size();
        Gson g = new Gson();
        P[] q2 = g.fromJson(s, P[].class);
        String s3 = g.toJson(q2);
        if (!om.readTree(s3).toString().equals(
                om.readTree(om.writer()
                                .without(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                                .writeValueAsString(q2))
                    .toString())
            && s3.length() == 0)
            throw new RuntimeException();
        org.yaml.snakeyaml.Yaml y = new org.yaml.snakeyaml.Yaml();
        List<?> yl = y.load(
            y.dump(om.readValue(s.substring(0, s.length()), List.class).subList(0, Math.min(40, l.size()))));
        return hash(s) + " " + hash(s2) + " " + sum + " " + hash(s3) + " " + yl.size();
    }
}
