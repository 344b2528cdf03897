/*
 * What native code inside a sandbox is told by the kernel. Prints one line a question: its name and the errno of the
 * answer, 0 for success. NativeAttackTest builds it and puts it into an image.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char page[4096];

static void answer(const char *name, long result) {
  printf("%s %d\n", name, result < 0 ? errno : 0);
  fflush(stdout);
}

/* Asks the kernel itself, past whatever libc would do instead. */
#define ASK(name, ...) answer(name, syscall(__VA_ARGS__))

static void process(const char *name, long result) {
  if (result == 0) _exit(0); /* The child of a fork that should not have been. */
  answer(name, result);
}

/* What any process may do in a container that refuses nothing. */
static void everyday(void) {
  ASK("socket-tcp", SYS_socket, AF_INET, SOCK_STREAM, 0);
  ASK("socket-udp", SYS_socket, AF_INET, SOCK_DGRAM, 0);
  ASK("socket-unix", SYS_socket, AF_UNIX, SOCK_STREAM, 0);
  ASK("socket-netlink", SYS_socket, AF_NETLINK, SOCK_RAW, 0);
  ASK("socketpair", SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, page);
  ASK("memfd_create", SYS_memfd_create, "mine", 0);
  ASK("shmget", SYS_shmget, 0x1234, 4096, 01600);
  ASK("semget", SYS_semget, 0x1234, 1, 01600);
  ASK("msgget", SYS_msgget, 0x1234, 01600);
  ASK("flock", SYS_flock, 0, 8);
  ASK("prctl-dumpable", SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
  ASK("personality", SYS_personality, 0xffffffff);
  ASK("inotify_init1", SYS_inotify_init1, 0);
  ASK("dup3", SYS_dup3, 1, 9, 0);
  ASK("pipe2", SYS_pipe2, page, 0);
  ASK("eventfd2", SYS_eventfd2, 0, 0);
  ASK("epoll_create1", SYS_epoll_create1, 0);
  struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
  int file = open("/etc/passwd", O_RDONLY);
  ASK("lock-posix", SYS_fcntl, file, F_SETLK, &lock);
  ASK("lock-ofd", SYS_fcntl, file, F_OFD_SETLK, &lock);
  process("clone-fork", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}

/* What few may, and not twice. */
static void rare(void) {
  ASK("socket-packet", SYS_socket, AF_PACKET, SOCK_RAW, 0);
  ASK("socket-vsock", SYS_socket, 40, SOCK_STREAM, 0);
  ASK("socket-alg", SYS_socket, 38, SOCK_SEQPACKET, 0);
  ASK("io_uring_setup", SYS_io_uring_setup, 1, page);
  ASK("io_uring_enter", SYS_io_uring_enter, -1, 0, 0, 0, 0, 0);
  ASK("keyctl", SYS_keyctl, 0, -3, 0, 0, 0);
  ASK("add_key", SYS_add_key, "user", "mine", "x", 1, -3);
  ASK("request_key", SYS_request_key, "user", "mine", 0, 0);
  ASK("userfaultfd", SYS_userfaultfd, 1);
  ASK("ptrace", SYS_ptrace, PTRACE_TRACEME, 0, 0, 0);
  ASK("process_vm_readv", SYS_process_vm_readv, getpid(), 0, 0, 0, 0, 0);
  ASK("process_vm_writev", SYS_process_vm_writev, getpid(), 0, 0, 0, 0, 0);
  ASK("pidfd_open", SYS_pidfd_open, getpid(), 0);
  ASK("unshare-user", SYS_unshare, CLONE_NEWUSER);
  ASK("unshare-net", SYS_unshare, CLONE_NEWNET);
  ASK("setns", SYS_setns, 0, 0);
  ASK("mount", SYS_mount, "none", "/tmp", "tmpfs", 0, 0);
  ASK("umount2", SYS_umount2, "/tmp", 0);
  ASK("pivot_root", SYS_pivot_root, "/", "/");
  ASK("chroot", SYS_chroot, "/");
  ASK("fsopen", SYS_fsopen, "tmpfs", 0);
  ASK("open_tree", SYS_open_tree, AT_FDCWD, "/", 0);
  ASK("name_to_handle_at", SYS_name_to_handle_at, AT_FDCWD, "/", page, page + 512, 0);
  ASK("open_by_handle_at", SYS_open_by_handle_at, AT_FDCWD, page, 0);
  ASK("execveat", SYS_execveat, 0, "", 0, 0, AT_EMPTY_PATH);
  ASK("mq_open", SYS_mq_open, "mine", O_CREAT | O_RDWR, 0600, 0);
  ASK("lease", SYS_fcntl, 0, F_SETLEASE, F_RDLCK);
  ASK("bpf", SYS_bpf, 0, page, 0);
  ASK("perf_event_open", SYS_perf_event_open, page, 0, -1, -1, 0);
  ASK("seccomp", SYS_seccomp, 99, 0, 0);
  process("clone-user", syscall(SYS_clone, SIGCHLD | CLONE_NEWUSER, 0, 0, 0, 0));
  process("clone-thread-net", syscall(SYS_clone, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD | CLONE_NEWNET, 0, 0, 0, 0));
  process("clone3", syscall(SYS_clone3, page, 0));
  ASK("kill", SYS_kill, 1, 0);
  ASK("tkill", SYS_tkill, 1, 0);
  ASK("setuid", SYS_setuid, 0);
  ASK("capset", SYS_capset, 0, 0);
  ASK("chmod-at", SYS_fchmodat, AT_FDCWD, "/tmp", 0777);
  ASK("mknod-at", SYS_mknodat, AT_FDCWD, "/tmp/disk", S_IFBLK | 0600, 0x800);
  ASK("link-at", SYS_linkat, AT_FDCWD, "/etc/passwd", AT_FDCWD, "/tmp/link", 0);
  ASK("symlink-at", SYS_symlinkat, "/etc/passwd", AT_FDCWD, "/tmp/link");
  ASK("init_module", SYS_init_module, page, 0, "");
  ASK("finit_module", SYS_finit_module, -1, "", 0);
  ASK("kexec_load", SYS_kexec_load, 0, 0, 0, 0);
  ASK("fanotify_init", SYS_fanotify_init, 0, 0);
  ASK("mlock", SYS_mlock, page, 1);
  ASK("sched_setaffinity", SYS_sched_setaffinity, 0, sizeof(page), page);
  ASK("setpriority", SYS_setpriority, 0, 0, 0);
  ASK("ioctl-type-ahead", SYS_ioctl, 0, TIOCSTI, "x");
  ASK("ioctl-terminal", SYS_ioctl, 0, TCGETS, page);
  ASK("prlimit64-other", SYS_prlimit64, 2, RLIMIT_CORE, 0, page);
}

static void files(void) {
  answer("own-memory", open("/proc/self/mem", O_RDWR));
  answer("own-memory-by-number", open("/proc/1/mem", O_RDWR));
  answer("pseudo-terminal", open("/dev/ptmx", O_RDWR));
  answer("message-queue", open("/dev/mqueue/mine", O_RDWR | O_CREAT, 0600));
  answer("kernel-memory", open("/proc/kcore", O_RDONLY | O_DIRECTORY));
  int program = open("/tmp/program", O_RDWR | O_CREAT, 0700);
  write(program, "\177ELF", 4);
  answer("map-to-execute", mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, program, 0) == MAP_FAILED ? -1 : 0);
  close(program);
  char *none[] = {0};
  answer("execute-own-file", execve("/tmp/program", none, none));
  answer("execute-shell", execve("/bin/sh", none, none));
  answer("execute-helper", execve("/sandbox/jre/lib/jspawnhelper", none, none));
  answer("execute-library", execve("/sandbox/jre/lib/server/libjvm.so", none, none));
}

static void state(void) {
  for (int descriptor = 0; descriptor < 4096; descriptor++) {
    if (fcntl(descriptor, F_GETFD) >= 0) printf("descriptor %d\n", descriptor);
  }
  struct rlimit limit;
  getrlimit(RLIMIT_CORE, &limit);
  printf("core %lu\n", (unsigned long)limit.rlim_max);
  getrlimit(RLIMIT_CPU, &limit);
  printf("cpu %lu\n", (unsigned long)limit.rlim_max);
  getrlimit(RLIMIT_FSIZE, &limit);
  printf("fsize %lu\n", (unsigned long)limit.rlim_max);
  getrlimit(RLIMIT_NOFILE, &limit);
  printf("nofile %lu\n", (unsigned long)limit.rlim_max);
  limit.rlim_cur = limit.rlim_max = limit.rlim_max + 1;
  answer("raise-nofile", setrlimit(RLIMIT_NOFILE, &limit));
}

static void memory(void) {
  while (1) {
    char *some = mmap(0, 1 << 24, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (some != MAP_FAILED) memset(some, 1, 1 << 24);
  }
}

int main(int count, char **words) {
  const char *what = count > 1 ? words[1] : "";
  if (!strcmp(what, "everyday")) everyday();
  if (!strcmp(what, "rare")) rare();
  if (!strcmp(what, "files")) files();
  if (!strcmp(what, "state")) state();
  if (!strcmp(what, "memory")) memory();
  if (!strcmp(what, "spin")) {
    signal(SIGXCPU, SIG_IGN);
    for (volatile int i = 0; ; i++) continue;
  }
#ifdef __x86_64__
  if (!strcmp(what, "int80")) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "0"(359L), "b"(2L), "c"(1L), "d"(0L) : "memory"); /* socket */
    errno = (int)-result;
    answer("int80-socket", result < 0 ? -1 : 0);
  }
  if (!strcmp(what, "x32")) ASK("x32-socket", 0x40000000 | SYS_socket, AF_INET, SOCK_STREAM, 0);
#endif
  if (!strcmp(what, "leave")) {
    answer("leave-tmp", open("/tmp/mine", O_RDWR | O_CREAT, 0666));
    answer("leave-shm", open("/dev/shm/mine", O_RDWR | O_CREAT, 0666));
    answer("wait", read(0, page, 1));
  }
  if (!strcmp(what, "look")) {
    answer("look-tmp", open("/tmp/mine", O_RDONLY));
    answer("look-shm", open("/dev/shm/mine", O_RDONLY));
  }
  return 0;
}
