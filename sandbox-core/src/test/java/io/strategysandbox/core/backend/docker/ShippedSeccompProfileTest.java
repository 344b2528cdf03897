package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shipped list allows, from the file itself. */
class ShippedSeccompProfileTest {

    private static final long CLONE_THREAD = 0x10000;

    /** How libc starts a thread: VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID, CHILD_CLEARTID. */
    private static final long THREAD_FLAGS = 0x3d0f00;

    private static final long F_DUPFD = 0;
    private static final long F_SETLK = 6;
    private static final long F_SETLKW = 7;
    private static final long F_OFD_SETLK = 37;
    private static final long F_SETLEASE = 1024;
    private static final long F_SETPIPE_SZ = 1031;
    private static final long F_ADD_SEALS = 1033;

    private static final long TIOCGPTN = 0x80045430;
    private static final long TIOCSPTLCK = 0x40045431;
    private static final long TIOCSTI = 0x5412;

    private static String json() throws IOException {
        try (InputStream in = ShippedSeccompProfileTest.class.getResourceAsStream(
                "/io/strategysandbox/config/seccomp_profile.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static SeccompRules rules() throws IOException {
        return SeccompRules.parse(json());
    }

    @Test
    void everythingIsRefusedButSixtyNames() throws IOException {
        JsonNode profile = new ObjectMapper().readTree(json());

        assertThat(profile.get("defaultAction").asText()).isEqualTo("SCMP_ACT_ERRNO");
        // What an engine of the 20.10 series ignores must not be relied on; without it, the number is EPERM.
        assertThat(profile.has("defaultErrnoRet")).isFalse();
        assertThat(rules().allowed()).hasSizeBetween(1, 60);
    }

    @Test
    void noRuleDoesAnythingElseThanAllowButTheOneThatMakesLibcFallBack() throws IOException {
        for (JsonNode group : new ObjectMapper().readTree(json()).get("syscalls")) {
            if (!group.get("action").asText().equals("SCMP_ACT_ALLOW")) {
                assertThat(group.get("names")).hasToString("[\"clone3\"]");
                assertThat(group.get("action").asText()).isEqualTo("SCMP_ACT_ERRNO");
                assertThat(group.get("errnoRet").asInt()).isEqualTo(38);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept, accept4, bind, connect, getpeername, getsockname, getsockopt, listen, recvfrom, recvmmsg,"
                        + " recvmsg, sendmmsg, sendmsg, sendto, setsockopt, shutdown, socket, socketcall, socketpair",
                "clone3, fork, vfork, execveat, kill, tkill, pidfd_open, pidfd_getfd, pidfd_send_signal, ptrace,"
                        + " process_vm_readv, process_vm_writev, process_madvise, kcmp, wait4, waitid, setsid, setpgid",
                "mount, umount2, pivot_root, chroot, unshare, setns, fsopen, fsmount, fsconfig, move_mount, open_tree,"
                        + " mount_setattr, openat2, name_to_handle_at, open_by_handle_at",
                "bpf, perf_event_open, userfaultfd, io_uring_setup, io_uring_enter, io_uring_register, keyctl, add_key,"
                        + " request_key, seccomp, prctl, personality, fanotify_init, inotify_init, inotify_init1,"
                        + " landlock_create_ruleset, memfd_create, memfd_secret, modify_ldt, iopl, ioperm",
                "shmget, shmat, shmctl, semget, semop, semctl, semtimedop, msgget, msgsnd, msgrcv, msgctl, mq_open,"
                        + " mq_unlink, flock",
                "init_module, finit_module, delete_module, kexec_load, kexec_file_load, reboot, swapon, swapoff, syslog,"
                        + " acct, quotactl, settimeofday, clock_settime, adjtimex, clock_adjtime, sethostname,"
                        + " setdomainname, vhangup, lookup_dcookie, nfsservctl, uselib, ustat, sysfs",
                "setuid, setgid, setreuid, setregid, setresuid, setresgid, setgroups, setfsuid, setfsgid, capset, chmod,"
                        + " fchmod, fchmodat, chown, fchown, lchown, fchownat, setxattr, mknod, mknodat, link, linkat,"
                        + " symlink, symlinkat, utimensat",
                "dup, dup2, dup3, pipe, pipe2, eventfd2, signalfd4, timerfd_create, epoll_create1, splice, vmsplice, tee,"
                        + " sendfile, copy_file_range, fallocate, sched_setaffinity, sched_setscheduler, setpriority,"
                        + " ioprio_set, mlock, mlockall, mbind, set_mempolicy, move_pages, migrate_pages, remap_file_pages,"
                        + " rseq, membarrier, get_robust_list, set_robust_list, timer_create, alarm, setitimer",
            })
    void thatIsNotAllowed(String names) throws IOException {
        SeccompRules rules = rules();
        for (String name : names.split(", ", -1)) {
            assertThat(rules.allowed()).as(name).doesNotContainKey(name);
        }
    }

    @Test
    void cloneMakesThreadsAndNothingElse() throws IOException {
        SeccompRules rules = rules();
        assertThat(rules.allows("clone", List.of(THREAD_FLAGS))).isTrue();

        assertThat(rules.allows("clone", List.of(THREAD_FLAGS & ~CLONE_THREAD))).isFalse();
        assertThat(rules.allows("clone", List.of(0x11L))).as("fork").isFalse();
        assertThat(rules.allows("clone", List.of(0x4111L))).as("vfork").isFalse();
        for (long namespace :
                new long[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000}) {
            assertThat(rules.allows("clone", List.of(THREAD_FLAGS | namespace))).isFalse();
        }
    }

    @Test
    void whatDependsOnAnArgumentIsAllowedForNamedValuesOnly() throws IOException {
        SeccompRules rules = rules();
        for (String name : List.of("clone", "fcntl", "ioctl", "prlimit64")) {
            assertThat(rules.allowed().get(name))
                    .as(name)
                    .noneMatch(rule -> rule.arguments().isEmpty());
        }
        for (long command :
                new long[] {F_DUPFD, F_SETLK, F_SETLKW, F_OFD_SETLK, F_SETLEASE, F_SETPIPE_SZ, F_ADD_SEALS}) {
            assertThat(rules.allows("fcntl", List.of(3L, command)))
                    .as("fcntl %d", command)
                    .isFalse();
        }
        for (long request : new long[] {TIOCGPTN, TIOCSPTLCK, TIOCSTI}) {
            assertThat(rules.allows("ioctl", List.of(0L, request)))
                    .as("ioctl %d", request)
                    .isFalse();
        }
        assertThat(rules.allows("prlimit64", List.of(0L, 7L))).isTrue();
        assertThat(rules.allows("prlimit64", List.of(2L, 7L))).isFalse();
    }

    @Test
    void whatIsThereForTheRuntimeOnlySaysSo() throws IOException {
        assertThat(rules().commented("runc only: "))
                .containsExactlyInAnyOrder("execve", "fcntl", "fstatfs", "nanosleep", "sigaltstack");
        for (List<SeccompRules.Rule> ways : rules().allowed().values()) {
            assertThat(ways.get(0).comment()).isNotEmpty();
        }
    }
}
