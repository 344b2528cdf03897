import io.strategysandbox.api.TradingStrategy;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import org.ta4j.core.BarSeries;

/** Tries every door of its container once and prints what it finds; it runs to the end, since nothing opens. */
public class Burglar implements TradingStrategy {
    @Override
    public double onBar(BarSeries history) {
        if (history.getEndIndex() == 0) {
            attempt("files of the host", () -> new File("/home").list()[0].length());
            attempt("writing", () -> write("/opened"));
            attempt("network", () -> connect("127.0.0.1", 22));
            attempt("processes", () -> new ProcessBuilder("/bin/sh").start());
            attempt("environment of the host", Burglar::variable);
        }
        return 1;
    }

    private interface Door {
        void open() throws Exception;
    }

    private static void attempt(String name, Door door) {
        try {
            door.open();
            System.out.println(name + ": open");
        } catch (Exception e) {
            System.out.println(name + ": closed");
        }
    }

    private static void write(String file) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file)) {
            out.write(1);
        }
    }

    private static void connect(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 1_000);
        }
    }

    /** Every container has these; they say nothing about the host. */
    private static void variable() throws IOException {
        if (Set.of("HOME", "HOSTNAME", "PATH").containsAll(System.getenv().keySet())) {
            throw new IOException("there is none");
        }
    }
}
