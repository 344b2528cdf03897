package io.strategysandbox.runner;

import io.strategysandbox.protocol.HostMessage;
import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.Wire;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The runner: takes one job from standard input, runs it, and ends. Everything that a strategy prints is captured;
 * standard output belongs to the wire.
 */
public final class Main {

    private Main() {}

    /**
     * Runs one job.
     *
     * @param arguments the longest that this process may live, in seconds; none, and it lives as long as its host lets it
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            Deadline.enforce(Long.parseLong(arguments[0]));
        }
        Outbox outbox = new Outbox(new FileOutputStream(FileDescriptor.out));
        Inbox inbox = new Inbox(new FileInputStream(FileDescriptor.in));
        System.setIn(InputStream.nullInputStream());
        // Until there is a strategy, only the runner's own failures are printed, and they are no strategy's output.
        System.setOut(System.err);
        outbox.send(new RunnerMessage.Hello(Wire.VERSION, System.getProperty("java.version")));
        inbox.start();
        WarmUp.run();
        HostMessage.Job job = inbox.job();
        outbox.seal(job.key());
        Capture capture = new Capture(outbox, job.outputLimitBytes());
        System.setOut(new PrintStream(capture.out(), false, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(capture.err(), false, StandardCharsets.UTF_8));
        capture.start();
        outbox.last(new Run(job, inbox, outbox, capture).toTheEnd());
        inbox.awaitFarewell();
    }
}
