package io.strategysandbox.core.backend.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that owns containers, told so that another process can find out whether it is still there. Process numbers
 * are used again and mean nothing elsewhere, so its start, its namespace of process numbers and the boot go with it.
 *
 * @param place the boot and the namespace, which processes that can see each other share
 * @param pid the process
 * @param started when it started, in clock ticks since the boot
 */
record Owner(String place, long pid, String started) {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern NAMESPACE = Pattern.compile("pid:\\[(\\d+)]");
    private static final Pattern ID = Pattern.compile("([0-9a-f]{8}\\.\\d{1,20})\\.(\\d{1,18})\\.(\\d{1,20})");

    private static final Pattern HIDDEN = Pattern.compile("hidepid=(?!0$|off$).+");

    /** The field of {@code /proc/self/mountinfo} that tells where something is mounted. */
    private static final int MOUNT_POINT = 4;

    /** The field of {@code /proc/PID/stat} that holds the start, counted behind the name. */
    private static final int START_FIELD = 19;

    /** {@return this process} */
    static Owner self() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new Owner(thisPlace(), pid, started(pid).orElseThrow(() -> new IOException("cannot read /proc/self")));
    }

    private static String thisPlace() throws IOException {
        String boot =
                Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        Matcher namespace = NAMESPACE.matcher(
                Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString());
        if (boot.length() < 8 || !namespace.matches()) {
            throw new IOException("cannot tell this boot or the namespace of process numbers");
        }
        return boot.substring(0, 8) + "." + namespace.group(1);
    }

    /** When a process started; empty if there is none. */
    private static Optional<String> started(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            // The name is in parentheses and may hold anything, parentheses and spaces too.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean dead = fields[0].equals("Z") || fields[0].equals("X");
            return dead ? Optional.empty() : Optional.of(fields[START_FIELD]);
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** {@return a text that {@link #in} finds again: letters, digits and dots} */
    String id() {
        return place + "." + pid + "." + started;
    }

    /** {@return the owner that a text begins or ends with, such as a lease's id} */
    static Optional<Owner> in(String text) {
        Matcher id = ID.matcher(text);
        return id.find()
                ? Optional.of(new Owner(id.group(1), Long.parseLong(id.group(2)), id.group(3)))
                : Optional.empty();
    }

    /** {@return whether it could be seen from here that the owner lives} */
    boolean canBeSeen() throws IOException {
        return place.equals(thisPlace()) && !hidesProcesses(Files.readAllLines(PROC.resolve("self/mountinfo")));
    }

    /** Whether this system shows a user, other than root, no processes of others. */
    static boolean hidesProcesses(List<String> mounts) throws IOException {
        boolean hidden = mounts.stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > MOUNT_POINT && fields[MOUNT_POINT].equals(PROC.toString()))
                .flatMap(Arrays::stream)
                .flatMap(field -> Arrays.stream(field.split(",", -1)))
                .anyMatch(HIDDEN.asMatchPredicate());
        return hidden && !Files.getAttribute(PROC.resolve("self"), "unix:uid").equals(0);
    }

    /** {@return whether the owner is gone, if it is of this user and this place} */
    boolean hasEnded() {
        return !started(pid).map(started::equals).orElse(false);
    }

    /** {@return whether the owner is certainly gone; false if that cannot be seen from here} */
    boolean isGone() throws IOException {
        return canBeSeen() && hasEnded();
    }
}
