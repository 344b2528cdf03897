package io.strategysandbox.junit;

import io.strategysandbox.core.config.ConfigLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The real engine behind an address of its own, at which it can be made to be gone. */
final class EngineProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Path engine;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

    EngineProxy() throws IOException {
        String host = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");
        engine = Path.of(URI.create(host).getPath());
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Writes a configuration with the engine here. */
    Path config(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(ConfigLoader.DOCKER),
                "engine: { host: 'tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalSocketAddress()).getPort()
                        + "', connectTimeout: 2s, responseTimeout: 5s }\n");
        return folder;
    }

    private static void start(Action action) {
        Thread thread = new Thread(() -> {
            try {
                action.run();
            } catch (IOException e) {
                // Closed, by one side or the other.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            open.add(client);
            SocketChannel behind = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(behind);
            behind.connect(UnixDomainSocketAddress.of(engine));
            start(() -> pump(client.getInputStream(), Channels.newOutputStream(behind), client, behind));
            start(() -> pump(Channels.newInputStream(behind), client.getOutputStream(), client, behind));
        }
    }

    private static void pump(InputStream from, OutputStream to, Socket client, SocketChannel behind)
            throws IOException {
        try (client;
                behind) {
            byte[] buffer = new byte[8192];
            int count = from.read(buffer);
            while (count >= 0) {
                to.write(buffer, 0, count);
                to.flush();
                count = from.read(buffer);
            }
        }
    }

    /** From now on nobody answers. */
    @Override
    public void close() throws IOException {
        server.close();
        for (AutoCloseable some : open) {
            try {
                some.close();
            } catch (Exception e) {
                // It is closed.
            }
        }
    }
}
