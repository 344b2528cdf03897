package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.docker.Attack.error;
import static io.strategysandbox.core.backend.docker.Attack.okPrinting;
import static io.strategysandbox.core.backend.docker.Attack.onBar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Filling, changing and reading what a container has of a file system. */
final class FileAttacks {

    private static final String FILL = """
            for (int n = 0; n < 1_000_000; n++) {
              try (var out = new FileOutputStream("%1$s/" + n)) { for (int k = 0; k < 16; k++) out.write(new byte[1 << 16]); } }""";

    private static final String INODES = """
            int made = 0;
            try { while (made < 1_000_000 && new File("%1$s/" + made).createNewFile()) made++; }
            finally { System.out.println("made " + made); }""";

    private FileAttacks() {}

    static List<Attack> all() {
        return List.of(
                onBar("fill /tmp", FILL.formatted("/tmp"), error("No space left on device")),
                onBar("fill /dev/shm", FILL.formatted("/dev/shm"), error("No space left on device")),
                onBar(
                        "a million files in /tmp",
                        INODES.formatted("/tmp"),
                        error("No space left on device")
                                .andThen(outcome -> printed(outcome.evidence().outputHead(), 1023))),
                onBar(
                        "a million files in /dev/shm",
                        INODES.formatted("/dev/shm"),
                        error("No space left on device")
                                .andThen(outcome -> printed(outcome.evidence().outputHead(), 15))),
                onBar("a file of a terabyte, by seeking", """
                        try (var f = new RandomAccessFile("/tmp/sparse", "rw")) { f.seek(1L << 40); f.write(1); }""", error("File too large")),
                onBar("a file of a terabyte, by its length", """
                        try (var f = new RandomAccessFile("/tmp/sparse", "rw")) { f.setLength(1L << 40); }""", error("File too large")),
                onBar("a file beyond the largest", """
                        try (var out = new FileOutputStream("/tmp/large")) { out.write(new byte[(1 << 20) + 1]); }""", error("File too large")),
                refused("write to the root", "/mine"),
                refused("write over a jar", "/sandbox/lib/ta4j-core-0.17.jar"),
                refused("write over the users", "/etc/passwd"),
                refused("write to a device", "/dev/mine"),
                refused("make a pseudo-terminal", "/dev/ptmx"),
                refused("make a pseudo-terminal, the other way", "/dev/pts/ptmx"),
                refused("make a message queue", "/dev/mqueue/mine"),
                refused("write to the own memory", "/proc/self/mem"),
                refused("write to the own memory, by thread", "/proc/thread-self/mem"),
                refused("set the kernel", "/proc/sys/kernel/core_pattern"),
                refused("press a system key", "/proc/sysrq-trigger"),
                refused("raise the memory limit", "/sys/fs/cgroup/memory/memory.limit_in_bytes"),
                refused("raise the process limit", "/sys/fs/cgroup/pids/pids.max"),
                refused("leave the control group", "/sys/fs/cgroup/cgroup.procs"),
                refused("be spared by the kernel", "/proc/self/oom_score_adj"),
                refused("map users", "/proc/self/uid_map"),
                onBar(
                        "read the own memory",
                        "new FileInputStream(\"/proc/self/mem\").read();",
                        error("Permission denied")),
                onBar("read the environment of the process", """
                        new FileInputStream("/proc/self/environ").read();""", error("Permission denied")),
                onBar("what could be executed", """
                        List<String> found = new ArrayList<>();
                        Deque<File> left = new ArrayDeque<>(List.of(new File("/")));
                        while (!left.isEmpty()) {
                          File[] files = left.pop().listFiles();
                          if (files == null) continue;
                          for (File f : files) {
                            if (!f.getCanonicalPath().equals(f.getPath()) || f.getPath().matches("/(proc|sys|dev)")) continue;
                            if (f.isDirectory()) left.push(f);
                            else if (f.canExecute() && !f.getName().startsWith("ld-") && program(f)) found.add(f.getPath());
                          }
                        }
                        System.out.println(found);
                        return 1; }
                        static boolean program(File f) throws IOException {
                        try (var in = new FileInputStream(f)) { int first = in.read(); return first == 0x7f || first == '#' && in.read() == '!';
                        } catch (FileNotFoundException e) { return true; } }
                        double never() {
                        if (yes()) return 1;""", okPrinting("[/sandbox/jre/bin/java]\n")),
                onBar("other processes", """
                        List<String> found = new ArrayList<>();
                        for (String name : new File("/proc").list()) if (name.matches("\\\\d+")) found.add(name);
                        System.out.println(found);""", okPrinting("[1]\n")));
    }

    private static Attack refused(String name, String file) {
        return onBar(
                name,
                "new FileOutputStream(\"" + file + "\").write(new byte[] {'1', '\\n'});",
                error("java.io.FileNotFoundException: " + file));
    }

    private static void printed(String output, int made) {
        assertThat(output).isEqualTo("made " + made + "\n");
    }
}
