// A small stack machine with an assembler: a switch in a loop, the shape of every interpreter.
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class MiniVm {
  enum Op { PUSH, LOAD, STORE, ADD, SUB, MUL, DIV, LT, EQ, JMP, JZ, CALL, RET, PRINT, DUP, SWAP, HALT }

  final int[] code;
  final int[] stack = new int[256], frames = new int[64], vars = new int[32];
  final StringBuilder out = new StringBuilder();
  long executed;

  MiniVm(String source) {
    List<Integer> words = new ArrayList<>();
    Map<String, Integer> labels = new HashMap<>();
    Map<Integer, String> fixups = new HashMap<>();
    for (String line : source.split("\n")) {
      for (String t : line.replaceAll(";.*", "").trim().split("\\s+")) {
        if (t.isEmpty()) continue;
        if (t.endsWith(":")) labels.put(t.substring(0, t.length() - 1), words.size());
        else if (t.matches("[A-Z]+")) words.add(Op.valueOf(t).ordinal());
        else if (t.matches("-?\\d+")) words.add(Integer.parseInt(t));
        else {
          fixups.put(words.size(), t);
          words.add(-1);
        }
      }
    }
    fixups.forEach((at, label) -> words.set(at, labels.get(label)));
    code = words.stream().mapToInt(Integer::intValue).toArray();
  }

  static final Op[] OPS = Op.values();

  String run() {
    int pc = 0, sp = 0, fp = 0;
    while (true) {
      executed++;
      switch (OPS[code[pc++]]) {
        case PUSH: stack[sp++] = code[pc++]; break;
        case LOAD: stack[sp++] = vars[code[pc++]]; break;
        case STORE: vars[code[pc++]] = stack[--sp]; break;
        case ADD: sp--; stack[sp - 1] += stack[sp]; break;
        case SUB: sp--; stack[sp - 1] -= stack[sp]; break;
        case MUL: sp--; stack[sp - 1] *= stack[sp]; break;
        case DIV: sp--; stack[sp - 1] /= stack[sp]; break;
        case LT: sp--; stack[sp - 1] = stack[sp - 1] < stack[sp] ? 1 : 0; break;
        case EQ: sp--; stack[sp - 1] = stack[sp - 1] == stack[sp] ? 1 : 0; break;
        case JMP: pc = code[pc]; break;
        case JZ: pc = stack[--sp] == 0 ? code[pc] : pc + 1; break;
        case CALL: frames[fp++] = pc + 1; pc = code[pc]; break;
        case RET: pc = frames[--fp]; break;
        case PRINT: out.append(stack[--sp]).append(' '); break;
        case DUP: stack[sp] = stack[sp - 1]; sp++; break;
        case SWAP: int t = stack[sp - 1]; stack[sp - 1] = stack[sp - 2]; stack[sp - 2] = t; break;
        case HALT: return out.toString().trim();
      }
    }
  }

  public static void main(String[] args) {
    String[] programs = {
        "PUSH 6 PUSH 7 MUL PRINT HALT",
        """
        PUSH 0 STORE 0 PUSH 0 STORE 1      ; sum of i*i
        loop: LOAD 1 PUSH 2000 LT JZ done
          LOAD 1 DUP MUL LOAD 0 ADD STORE 0
          LOAD 1 PUSH 1 ADD STORE 1 JMP loop
        done: LOAD 0 PRINT HALT
        """,
        """
        PUSH 10 CALL fact PRINT PUSH 5 CALL fact PRINT HALT
        fact: DUP PUSH 2 LT JZ more SWAP SUB PUSH 1 RET
        more: DUP PUSH 1 SUB CALL fact MUL RET
        """.replace("SWAP SUB PUSH 1 RET", "PUSH 0 MUL PUSH 1 ADD RET"),
        "PUSH 1 PUSH 0 DIV PRINT HALT",
        "deep: CALL deep",
        "ADD HALT"};
    for (String p : programs) {
      MiniVm vm = new MiniVm(p);
      try {
        System.out.println(vm.run() + " in " + vm.executed);
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage() + " in " + vm.executed);
      }
    }
    System.out.println(Arrays.hashCode(new MiniVm(programs[1]).code));
  }
}
