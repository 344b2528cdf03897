package io.strategysandbox.protocol;

import io.strategysandbox.api.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The host's side of a runner's standard input. Not thread-safe. */
public final class HostMessageWriter {

    private final FrameWriter frames;

    /**
     * Over a stream.
     *
     * @param out the runner's standard input; flushed after each message
     */
    public HostMessageWriter(OutputStream out) {
        frames = new FrameWriter(out);
    }

    /**
     * Sends a message.
     *
     * @param message the message
     * @throws ProtocolException if it is too large, such as a job of more than {@value Wire#MAX_JOB_BYTES} bytes
     * @throws IOException if the runner is gone
     */
    public void write(HostMessage message) throws IOException {
        if (message instanceof HostMessage.Job job) {
            frames.write(FrameType.JOB, encode(job));
        } else if (message instanceof HostMessage.BarBatch batch) {
            frames.write(FrameType.BARS, encode(batch));
        } else {
            frames.write(message instanceof HostMessage.End ? FrameType.END : FrameType.FAREWELL, new byte[0]);
        }
    }

    private static byte[] encode(HostMessage.Job job) {
        PayloadWriter payload = new PayloadWriter()
                .int32(Wire.VERSION)
                .bytes(job.key())
                .text(job.entry())
                .unsignedByte(job.sellShort() ? 1 : 0)
                .int64(job.barPeriodMillis())
                .int64(job.outputLimitBytes());
        encode(job.parameters(), payload);
        payload.int32(job.classes().size());
        for (Map.Entry<String, byte[]> file : job.classes().entrySet()) {
            payload.text(file.getKey()).int32(file.getValue().length).bytes(file.getValue());
        }
        return payload.toBytes();
    }

    private static void encode(Parameters parameters, PayloadWriter payload) {
        payload.int32(parameters.asMap().size());
        parameters.asMap().forEach((name, value) -> {
            payload.text(name);
            if (value instanceof Boolean flag) {
                payload.unsignedByte(ParameterType.FLAG.code()).unsignedByte(flag ? 1 : 0);
            } else if (value instanceof Long number) {
                payload.unsignedByte(ParameterType.WHOLE.code()).int64(number);
            } else if (value instanceof Double number) {
                payload.unsignedByte(ParameterType.DECIMAL.code()).float64(number);
            } else {
                payload.unsignedByte(ParameterType.TEXT.code()).text((String) value);
            }
        });
    }

    private static byte[] encode(HostMessage.BarBatch batch) {
        PayloadWriter payload = new PayloadWriter().int32(batch.firstIndex()).int32(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            payload.int64(batch.epochMillis(i));
            for (double figure : batch.figures(i)) {
                payload.float64(figure);
            }
        }
        return payload.toBytes();
    }
}
