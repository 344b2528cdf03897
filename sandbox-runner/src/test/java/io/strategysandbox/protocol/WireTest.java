package io.strategysandbox.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.api.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes in comes out, and what nobody honest sends is refused before it costs memory. */
class WireTest {

    private static final byte[] KEY = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private static byte[] runner(RunnerMessage... messages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunnerMessageWriter writer = new RunnerMessageWriter(out);
        writer.seal(KEY);
        for (RunnerMessage message : messages) {
            writer.write(message);
        }
        return out.toByteArray();
    }

    private static RunnerMessageReader sealed(byte[] bytes) {
        RunnerMessageReader reader = new RunnerMessageReader(new ByteArrayInputStream(bytes));
        reader.seal(KEY);
        return reader;
    }

    private static RunnerMessageReader unsealed(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return new RunnerMessageReader(new ByteArrayInputStream(all));
    }

    @Test
    void aRunnersMessagesComeOutAsTheyWentIn() throws IOException {
        RunnerMessage.Hello hello = new RunnerMessage.Hello(1, "17.0.1");
        RunnerMessage.Failed failed = new RunnerMessage.Failed(
                RunnerMessage.Kind.PROCESSES, "a.B", "why \u00e9 \ud83d\ude00", List.of("a.B.c(B.java:1)", "x"), 7);
        double[] targets = {1, -0.25, Double.NaN, 0};
        RunnerMessageReader reader = sealed(runner(
                hello,
                new RunnerMessage.Loaded(),
                new RunnerMessage.Decided(3, targets),
                new RunnerMessage.Log(true, new byte[] {1, 2, 3}),
                failed,
                new RunnerMessage.Done(9)));
        assertThat(reader.next()).contains(hello);
        assertThat(reader.next()).contains(new RunnerMessage.Loaded());
        RunnerMessage.Decided decided = (RunnerMessage.Decided) reader.next().orElseThrow();
        assertThat(decided.firstIndex()).isEqualTo(3);
        assertThat(decided.targets()).isEqualTo(targets);
        RunnerMessage.Log log = (RunnerMessage.Log) reader.next().orElseThrow();
        assertThat(log.error()).isTrue();
        assertThat(log.bytes()).containsExactly(1, 2, 3);
        assertThat(reader.next()).contains(failed);
        assertThat(reader.next()).contains(new RunnerMessage.Done(9));
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void aHostsMessagesComeOutAsTheyWentIn() throws IOException {
        Parameters parameters = Parameters.of(Map.of("n", 10, "x", 0.5, "on", true, "name", "text"));
        HostMessage.BarBatch batch = new HostMessage.BarBatch(5, 2);
        batch.set(0, 1000, 1, 2, 0.5, 1.5, 100);
        batch.set(1, 2000, 1.5, 2.5, 1, 2, 200);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HostMessageWriter writer = new HostMessageWriter(out);
        writer.write(new HostMessage.Job(
                KEY, "a.B", true, parameters, 60_000, 1 << 20, Map.of("a.B", new byte[] {9, 8}, "a.B$C", new byte[0])));
        writer.write(batch);
        writer.write(new HostMessage.End());
        HostMessageReader reader = new HostMessageReader(new ByteArrayInputStream(out.toByteArray()));
        HostMessage.Job job = (HostMessage.Job) reader.next().orElseThrow();
        assertThat(job.key()).isEqualTo(KEY);
        assertThat(job.entry()).isEqualTo("a.B");
        assertThat(job.sellShort()).isTrue();
        assertThat(job.parameters()).isEqualTo(parameters);
        assertThat(job.barPeriodMillis()).isEqualTo(60_000);
        assertThat(job.outputLimitBytes()).isEqualTo(1 << 20);
        assertThat(job.classes()).containsOnlyKeys("a.B", "a.B$C");
        assertThat(job.classes().get("a.B")).containsExactly(9, 8);
        HostMessage.BarBatch read = (HostMessage.BarBatch) reader.next().orElseThrow();
        assertThat(read.firstIndex()).isEqualTo(5);
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.epochMillis(1)).isEqualTo(2000);
        assertThat(read.figures(1)).containsExactly(1.5, 2.5, 1, 2, 200);
        assertThat(reader.next()).contains(new HostMessage.End());
        assertThat(reader.next()).isEmpty();
    }

    @Test
    void textsThatAreTooLongAreCutByTheRunner() throws IOException {
        String endless = "x".repeat(1_000_000);
        RunnerMessage.Failed failed = new RunnerMessage.Failed(
                RunnerMessage.Kind.RUNTIME, endless, endless, Collections.nCopies(1000, endless), 1);
        RunnerMessage.Failed read =
                (RunnerMessage.Failed) sealed(runner(failed)).next().orElseThrow();
        assertThat(read.message()).hasSize(Wire.MAX_MESSAGE_CHARS);
        assertThat(read.exception()).hasSize(Wire.MAX_NAME_CHARS);
        assertThat(read.frames()).hasSize(Wire.MAX_STACK_FRAMES);
    }

    @Test
    void aChangedBitAnywhereIsRefused() throws IOException {
        byte[] honest = runner(new RunnerMessage.Decided(0, new double[] {1}));
        for (int bit = 0; bit < honest.length * 8; bit++) {
            byte[] changed = honest.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> sealed(changed).next())
                    .as("bit %s", bit)
                    .isInstanceOfAny(ProtocolException.class, EOFException.class);
        }
    }

    @Test
    void framesThatAreRepeatedOrLeftOutOrOfAnotherKeyAreRefused() throws IOException {
        byte[] one = runner(new RunnerMessage.Loaded());
        byte[] twice = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, twice, one.length, one.length);
        RunnerMessageReader repeated = sealed(twice);
        assertThat(repeated.next()).isPresent();
        assertThatThrownBy(repeated::next).isInstanceOf(ProtocolException.class).hasMessage("LOADED: wrong tag");

        byte[] two = runner(new RunnerMessage.Loaded(), new RunnerMessage.Loaded());
        byte[] secondOnly = Arrays.copyOfRange(two, two.length / 2, two.length);
        assertThatThrownBy(() -> sealed(secondOnly).next()).isInstanceOf(ProtocolException.class);

        RunnerMessageReader otherKey = new RunnerMessageReader(new ByteArrayInputStream(one));
        otherKey.seal(new byte[Wire.KEY_BYTES]);
        assertThatThrownBy(otherKey::next).isInstanceOf(ProtocolException.class);
    }

    @Test
    void lengthsAndTypesThatCannotBeAreRefusedAtOnce() {
        assertThatThrownBy(() -> unsealed(0x7f, 0xff, 0xff, 0xff, 3).next()).hasMessageContaining("impossible length");
        assertThatThrownBy(() -> unsealed(0xff, 0xff, 0xff, 0xff, 3).next()).hasMessageContaining("impossible length");
        assertThatThrownBy(() -> unsealed(0, 0, 0, 0, 99).next()).hasMessageContaining("unknown frame type 99");
        assertThatThrownBy(() -> unsealed(0, 0, 0, 0, 19).next()).hasMessageContaining("unknown frame type 19");
        assertThatThrownBy(() -> unsealed(0, 0, 0, 8, 3, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff)
                        .next())
                .hasMessageContaining("impossible count");
        assertThatThrownBy(() -> unsealed(0, 0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 2).next())
                .hasMessageContaining("impossible count");
    }

    @Test
    void anEndWithinAFrameIsNoViolation() throws IOException {
        byte[] honest = runner(new RunnerMessage.Decided(0, new double[] {1, 0.5}));
        assertThat(sealed(new byte[0]).next()).isEmpty();
        for (int length = 1; length < honest.length; length++) {
            byte[] part = Arrays.copyOf(honest, length);
            assertThatThrownBy(() -> sealed(part).next()).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void noiseIsRefusedWithoutCostingMemory() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 200_000; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            if (noise.length > 4 && random.nextBoolean()) {
                // Mostly plausible: a short length, a known type.
                noise[0] = 0;
                noise[1] = 0;
                noise[2] = 0;
                noise[3] = (byte) random.nextInt(noise.length - 4);
                noise[4] = (byte) (1 + random.nextInt(6));
            }
            Counting in = new Counting(noise);
            RunnerMessageReader reader = new RunnerMessageReader(in);
            try {
                Optional<RunnerMessage> message = reader.next();
                while (message.isPresent()) {
                    message = reader.next();
                }
            } catch (ProtocolException | EOFException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
            assertThat(in.largestRequest).isLessThanOrEqualTo(FrameType.FAILED.maxPayload());
        }
    }

    /** Remembers how much was asked for at once. */
    private static final class Counting extends InputStream {
        private final ByteArrayInputStream in;
        private int largestRequest;

        Counting(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, length);
        }

        @Override
        public byte[] readNBytes(int length) throws IOException {
            largestRequest = Math.max(largestRequest, length);
            return in.readNBytes(length);
        }
    }
}
