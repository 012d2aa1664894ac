// Graph search: breadth first in a maze, Dijkstra, topological order, strongly connected parts, union-find.
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

public class Graphs {
  static final String[] MAZE = {
      "#########", "#S..#...#", "#.#.#.#.#", "#.#...#.#", "#.#####.#", "#......E#", "#########"};

  static int maze(List<String> shown) {
    int h = MAZE.length, w = MAZE[0].length();
    int[] dist = new int[h * w], from = new int[h * w];
    Arrays.fill(dist, -1);
    Deque<Integer> queue = new ArrayDeque<>(List.of(w + 1));
    dist[w + 1] = 0;
    int end = -1;
    while (!queue.isEmpty()) {
      int at = queue.poll();
      if (MAZE[at / w].charAt(at % w) == 'E') end = at;
      for (int d : new int[] {1, w, -1, -w}) {
        int to = at + d;
        if (MAZE[to / w].charAt(to % w) == '#' || dist[to] >= 0) continue;
        dist[to] = dist[at] + 1;
        from[to] = at;
        queue.add(to);
      }
    }
    char[][] map = new char[h][];
    for (int i = 0; i < h; i++) map[i] = MAZE[i].toCharArray();
    for (int at = from[end]; at != w + 1; at = from[at]) map[at / w][at % w] = 'o';
    for (char[] row : map) shown.add(new String(row));
    return dist[end];
  }

  static final class Edge {
    final int to, cost;

    Edge(int to, int cost) {
      this.to = to;
      this.cost = cost;
    }
  }

  static long[] dijkstra(List<List<Edge>> g, int start) {
    long[] dist = new long[g.size()];
    Arrays.fill(dist, Long.MAX_VALUE);
    dist[start] = 0;
    PriorityQueue<long[]> q = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    q.add(new long[] {0, start});
    while (!q.isEmpty()) {
      long[] top = q.poll();
      int at = (int) top[1];
      if (top[0] > dist[at]) continue;
      for (Edge e : g.get(at)) {
        if (dist[at] + e.cost < dist[e.to]) {
          dist[e.to] = dist[at] + e.cost;
          q.add(new long[] {dist[e.to], e.to});
        }
      }
    }
    return dist;
  }

  static class Tarjan {
    final List<List<Edge>> g;
    final int[] index, low;
    final Deque<Integer> stack = new ArrayDeque<>();
    final List<List<Integer>> parts = new ArrayList<>();
    int counter;

    Tarjan(List<List<Edge>> g) {
      this.g = g;
      index = new int[g.size()];
      low = new int[g.size()];
      for (int v = 0; v < g.size(); v++) if (index[v] == 0) visit(v);
    }

    void visit(int v) {
      index[v] = low[v] = ++counter;
      stack.push(v);
      for (Edge e : g.get(v)) {
        if (index[e.to] == 0) visit(e.to);
        if (stack.contains(e.to)) low[v] = Math.min(low[v], low[e.to]);
      }
      if (low[v] != index[v]) return;
      List<Integer> part = new ArrayList<>();
      int u;
      do part.add(u = stack.pop()); while (u != v);
      Collections.sort(part);
      parts.add(part);
    }
  }

  static int find(int[] parent, int x) {
    return parent[x] == x ? x : (parent[x] = find(parent, parent[x]));
  }

  public static void main(String[] args) {
    List<String> shown = new ArrayList<>();
    System.out.println(maze(shown));
    shown.forEach(System.out::println);
    List<List<Edge>> g = new ArrayList<>();
    int n = 60;
    for (int i = 0; i < n; i++) {
      List<Edge> edges = new ArrayList<>();
      for (int k = 1; k <= 3; k++) if ((i * k) % 4 != 3) edges.add(new Edge((i * 7 + k * k * 11) % n, (i * k) % 17
          + 1));
      g.add(edges);
    }
    long[] dist = dijkstra(g, 0);
    System.out.println(Arrays.toString(dist).replace("" + Long.MAX_VALUE, "inf"));
    System.out.println(new Tarjan(g).parts);
    int[] parent = new int[n];
    for (int i = 0; i < n; i++) parent[i] = i;
    for (int i = 0; i < n; i += 2) parent[find(parent, i)] = find(parent, (i * i + 1) % n);
    int roots = 0;
    for (int i = 0; i < n; i++) if (find(parent, i) == i) roots++;
    System.out.println(roots);
  }
}
