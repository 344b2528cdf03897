package io.strategysandbox.core.validation;

import java.util.List;

/** What a strategy must not get away with: one statement a line with full names, grouped by category. */
final class DangerousOperations {

    /**
     * One operation.
     *
     * @param statement with full names; it may throw anything
     */
    record Operation(Category category, String statement) {
        @Override
        public String toString() {
            return category.id() + ": " + statement;
        }
    }

    static final List<Operation> ALL = """
            PROCESS new java.lang.ProcessBuilder("id").start();
            PROCESS java.lang.Runtime.getRuntime().exec("id");
            PROCESS java.lang.ProcessHandle.current().destroy();
            EXIT java.lang.System.exit(1);
            EXIT java.lang.Runtime.getRuntime().halt(1);
            EXIT java.lang.Runtime.getRuntime().exit(1);
            EXIT java.lang.Runtime.getRuntime().addShutdownHook(null);
            FILE new java.io.File("x").delete();
            FILE new java.io.FileInputStream("x").read();
            FILE new java.io.FileOutputStream("x");
            FILE new java.io.FileReader("x");
            FILE new java.io.FileWriter("x");
            FILE new java.io.RandomAccessFile("x", "rw");
            FILE new java.io.PrintStream("x");
            FILE new java.io.PrintWriter("x");
            FILE new java.io.PrintWriter("x", java.nio.charset.StandardCharsets.UTF_8);
            FILE new java.util.Formatter("x");
            FILE new java.util.Formatter("x", "UTF-8");
            FILE new java.util.Scanner(java.nio.file.Path.of("x"));
            FILE new java.util.Scanner(new java.io.File("x"));
            FILE java.nio.file.Files.readString(java.nio.file.Path.of("x"));
            FILE java.nio.file.Paths.get("x").toFile();
            FILE java.nio.file.FileSystems.getDefault();
            FILE new java.util.zip.ZipFile("x");
            FILE java.lang.String.class.getResourceAsStream("x");
            NETWORK new java.net.URL("http://localhost").hashCode();
            NETWORK new java.net.Socket("localhost", 1);
            NETWORK new java.net.ServerSocket(0);
            NETWORK java.net.InetAddress.getByName("localhost");
            NETWORK java.net.http.HttpClient.newHttpClient();
            NETWORK java.nio.channels.SocketChannel.open();
            REFLECTION java.lang.String.class.getDeclaredMethods();
            REFLECTION java.lang.String.class.getMethod("length").invoke("");
            REFLECTION java.lang.String.class.getDeclaredConstructor().newInstance();
            REFLECTION java.lang.reflect.Array.newInstance(int.class, 1);
            REFLECTION java.lang.reflect.Proxy.isProxyClass(int.class);
            REFLECTION java.lang.StackWalker.getInstance();
            INVOKE java.lang.invoke.MethodHandles.lookup();
            INVOKE java.lang.invoke.MethodType.methodType(int.class);
            CLASSLOADING java.lang.Class.forName("java.lang.Runtime");
            CLASSLOADING java.lang.String.class.getClassLoader();
            CLASSLOADING java.lang.ClassLoader.getSystemClassLoader();
            CLASSLOADING new java.net.URLClassLoader(new java.net.URL[0]);
            CLASSLOADING javax.tools.ToolProvider.getSystemJavaCompiler();
            NATIVE java.lang.System.load("/x");
            NATIVE java.lang.System.loadLibrary("x");
            UNSAFE sun.misc.Unsafe.class.getName();
            THREAD new java.lang.Thread(() -> {}).start();
            THREAD java.lang.Thread.sleep(1);
            THREAD java.lang.Thread.currentThread().interrupt();
            THREAD new java.lang.Object().wait();
            THREAD "".notifyAll();
            THREAD java.util.concurrent.TimeUnit.SECONDS.sleep(1);
            THREAD java.util.concurrent.Executors.newCachedThreadPool();
            THREAD new java.util.concurrent.locks.ReentrantLock();
            THREAD new java.util.Timer();
            THREAD new java.lang.ThreadLocal<String>();
            PARALLELISM java.util.concurrent.CompletableFuture.runAsync(() -> {});
            PARALLELISM java.util.List.of(1).parallelStream();
            PARALLELISM new java.util.ArrayList<String>().parallelStream();
            PARALLELISM java.util.stream.Stream.of(1).parallel();
            PARALLELISM java.util.stream.IntStream.range(0, 9).parallel();
            PARALLELISM java.util.Arrays.parallelSort(new int[1]);
            PARALLELISM java.util.stream.StreamSupport.stream(java.util.List.of(1).spliterator(), true);
            PARALLELISM new java.util.concurrent.ConcurrentHashMap<String, String>().reduceValues(1, (v, w) -> v);
            PARALLELISM new org.ta4j.core.backtest.BacktestExecutor(new org.ta4j.core.BaseBarSeries());
            ENVIRONMENT java.lang.System.getenv("HOME");
            ENVIRONMENT java.lang.System.getProperty("user.home");
            ENVIRONMENT java.lang.System.setProperty("a", "b");
            ENVIRONMENT java.lang.System.in.read();
            ENVIRONMENT java.lang.Integer.getInteger("x");
            ENVIRONMENT java.lang.Long.getLong("x");
            ENVIRONMENT java.lang.Boolean.getBoolean("x");
            ENVIRONMENT java.lang.Runtime.getRuntime().availableProcessors();
            GLOBAL_STATE java.lang.System.setOut(null);
            GLOBAL_STATE java.lang.System.gc();
            GLOBAL_STATE java.util.Locale.setDefault(java.util.Locale.ROOT);
            GLOBAL_STATE java.util.TimeZone.setDefault(null);
            GLOBAL_STATE "a".intern();
            GLOBAL_STATE org.ta4j.core.BaseBarSeriesBuilder.setDefaultNum(org.ta4j.core.num.DoubleNum.valueOf(1));
            SERIALIZATION new java.io.ObjectOutputStream(null);
            SERIALIZATION new java.io.ObjectInputStream(null).readObject();
            SERVICE_LOADING java.util.ServiceLoader.load(java.lang.Runnable.class);
            SERVICE_LOADING java.util.random.RandomGenerator.of("Random");
            SERVICE_LOADING java.time.chrono.Chronology.of("ISO");
            SERVICE_LOADING java.util.ResourceBundle.getBundle("x");
            SCRIPTING new javax.script.ScriptEngineManager();
            SCRIPTING javax.xml.parsers.DocumentBuilderFactory.newInstance();
            NAMING new javax.naming.InitialContext();
            NAMING java.rmi.registry.LocateRegistry.getRegistry();
            DATABASE java.sql.DriverManager.getConnection("jdbc:x");
            LOGGING java.util.logging.Logger.getGlobal();
            LOGGING java.lang.System.getLogger("x");
            LOGGING org.slf4j.LoggerFactory.getLogger("x");
            """.lines().map(line -> new Operation(
            Category.valueOf(line.substring(0, line.indexOf(' '))), line.substring(line.indexOf(' ') + 1))).toList();

    private DangerousOperations() {}
}
