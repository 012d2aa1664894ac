import java.lang.instrument.Instrumentation;

/* All ways in which an agent starts; what it says goes with which. */
public class Starts {
  public static void premain(String options) throws Exception {
    System.out.println("premain of one parameter " + options);
    System.out.println("Boot-Class-Path: " + Class.forName("InBoot").getClassLoader());
  }

  public static void agentmain(String options, Instrumentation i) {
    System.out.println("agentmain [" + options + "] " + i.isRedefineClassesSupported());
  }

  public static void main(String[] args) {
    System.out.println("main " + Starts.class.getClassLoader().getClass().getSimpleName());
  }
}
