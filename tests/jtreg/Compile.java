import java.io.*;
import java.nio.file.*;
import javax.tools.*;

/**
 * Compiles many tests in one process: a line of standard input is the path of a file for messages, then
 * the arguments of javac, separated by tabs; the answer is a line with javac's status.
 */
public class Compile {
    public static void main(String[] args) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        PrintStream answer = System.out;
        for (String line; (line = in.readLine()) != null; ) {
            String[] words = line.split("\t");
            ByteArrayOutputStream messages = new ByteArrayOutputStream();
            System.setOut(new PrintStream(messages));
            int status = javac.run(null, messages, messages,
                                   java.util.Arrays.copyOfRange(words, 1, words.length));
            Files.write(Path.of(words[0]), messages.toByteArray());
            answer.println(status);
            answer.flush();
        }
    }
}
