package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a strategy must not get away with, one operation a line, grouped by category. */
final class DangerousOperations {

    private static final Pattern ARGUMENT_TYPE = Pattern.compile("\\(([\\w.\\[\\]]+)\\) .*|[\\w.]+[.](class)");

    /**
     * One operation.
     *
     * @param receiver an expression that makes the receiver; {@code static} for the class itself, {@code new} for a constructor
     * @param type the class of the receiver, with its full name
     * @param result the type of the result, as far as an interface has to repeat it
     * @param member the method
     * @param arguments the arguments
     * @param subclass the arguments of the superclass's constructor, if the class can be extended at all; {@code -} if not
     */
    record Operation(
            Category category,
            String receiver,
            String type,
            String result,
            String member,
            List<String> arguments,
            String subclass) {

        boolean isStatic() {
            return receiver.equals("static");
        }

        boolean isConstructor() {
            return receiver.equals("new");
        }

        boolean isInstance() {
            return !isStatic() && !isConstructor();
        }

        boolean isExtensible() {
            return !subclass.equals("-");
        }

        boolean isOfInterface() {
            try {
                return Class.forName(type, false, DangerousOperations.class.getClassLoader())
                        .isInterface();
            } catch (ClassNotFoundException e) {
                // A member class, whose binary name is another one.
                return false;
            }
        }

        boolean isVoid() {
            return result.equals("void");
        }

        String simpleName() {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        String packageName() {
            return type.substring(0, type.lastIndexOf('.'));
        }

        String argumentList() {
            return String.join(", ", arguments);
        }

        /** Parameters that the arguments fit, each with its type. */
        String parameters() {
            List<String> parameters = new ArrayList<>();
            for (String argument : arguments) {
                parameters.add(typeOf(argument) + " a" + parameters.size());
            }
            return String.join(", ", parameters);
        }

        String parameterNames() {
            return arguments.stream()
                    .map(argument -> "a" + arguments.indexOf(argument))
                    .collect(Collectors.joining(", "));
        }

        private static String typeOf(String argument) {
            if (argument.startsWith("\"")) {
                return "java.lang.String";
            }
            if (Character.isDigit(argument.charAt(0))) {
                return argument.endsWith("L") ? "long" : "int";
            }
            Matcher matcher = ARGUMENT_TYPE.matcher(argument);
            if (!matcher.matches()) {
                throw new IllegalStateException("write a cast before " + argument);
            }
            return matcher.group(2) != null ? "java.lang.Class<?>" : matcher.group(1);
        }

        /** The whole expression. */
        String expression() {
            if (isConstructor()) {
                return "new " + type + "(" + argumentList() + ")";
            }
            return (isStatic() ? type : receiver) + "." + member + "(" + argumentList() + ")";
        }

        @Override
        public String toString() {
            return category.id() + ": " + expression();
        }
    }

    /** Category, receiver, class, result, member, arguments, arguments of a subclass. */
    static final List<Operation> ALL =
            """
            PROCESS | new | java.lang.ProcessBuilder | | | "id" | -
            PROCESS | new java.lang.ProcessBuilder("id") | java.lang.ProcessBuilder | Process | start | | -
            PROCESS | java.lang.Runtime.getRuntime() | java.lang.Runtime | Process | exec | "id" | -
            PROCESS | java.lang.ProcessHandle.current() | java.lang.ProcessHandle | boolean | destroy | | -
            PROCESS | static | java.lang.ProcessHandle | Object | current | | -
            EXIT | static | java.lang.System | void | exit | 1 | -
            EXIT | java.lang.Runtime.getRuntime() | java.lang.Runtime | void | halt | 1 | -
            EXIT | java.lang.Runtime.getRuntime() | java.lang.Runtime | void | exit | 1 | -
            EXIT | java.lang.Runtime.getRuntime() | java.lang.Runtime | void | addShutdownHook | (java.lang.Thread) null | -
            FILE | new java.io.File("x") | java.io.File | boolean | delete | | "x"
            FILE | new | java.io.File | | | "x" | "x"
            FILE | new | java.io.FileInputStream | | | "x" | "x"
            FILE | new java.io.FileInputStream("x") | java.io.FileInputStream | int | read | | "x"
            FILE | new | java.io.FileOutputStream | | | "x" | "x"
            FILE | new | java.io.FileReader | | | "x" | "x"
            FILE | new | java.io.FileWriter | | | "x" | "x"
            FILE | new | java.io.RandomAccessFile | | | "x"; "rw" | "x", "rw"
            FILE | new | java.io.PrintStream | | | "x" | "x"
            FILE | new | java.io.PrintWriter | | | "x" | "x"
            FILE | new | java.io.PrintWriter | | | "x"; (java.nio.charset.Charset) java.nio.charset.StandardCharsets.UTF_8 | "x"
            FILE | new | java.util.Formatter | | | "x" | -
            FILE | new | java.util.Formatter | | | "x"; "UTF-8" | -
            FILE | new | java.util.Scanner | | | (java.nio.file.Path) null | -
            FILE | new | java.util.Scanner | | | (java.io.File) null | -
            FILE | static | java.nio.file.Files | String | readString | (java.nio.file.Path) null | -
            FILE | java.nio.file.Paths.get("x") | java.nio.file.Path | java.io.File | toFile | | -
            FILE | static | java.nio.file.FileSystems | Object | getDefault | | -
            FILE | new | java.util.zip.ZipFile | | | "x" | "x"
            FILE | java.lang.String.class | java.lang.Class | java.io.InputStream | getResourceAsStream | "x" | -
            NETWORK | new | java.net.URL | | | "http://localhost" | -
            NETWORK | new | java.net.Socket | | | "localhost"; 1 | "localhost", 1
            NETWORK | new java.net.Socket() | java.net.Socket | java.io.InputStream | getInputStream | | ""
            NETWORK | new | java.net.ServerSocket | | | 0 | 0
            NETWORK | static | java.net.InetAddress | Object | getByName | "localhost" | -
            NETWORK | static | java.net.http.HttpClient | Object | newHttpClient | | -
            NETWORK | static | java.nio.channels.SocketChannel | Object | open | | -
            REFLECTION | java.lang.String.class | java.lang.Class | Object | getDeclaredMethods | | -
            REFLECTION | java.lang.String.class | java.lang.Class | Object | getMethod | "length" | -
            REFLECTION | java.lang.String.class | java.lang.Class | Object | getDeclaredConstructor | | -
            REFLECTION | static | java.lang.reflect.Array | Object | newInstance | int.class; 1 | -
            REFLECTION | static | java.lang.reflect.Proxy | boolean | isProxyClass | int.class | -
            REFLECTION | static | java.lang.StackWalker | Object | getInstance | | -
            INVOKE | static | java.lang.invoke.MethodHandles | Object | lookup | | -
            INVOKE | static | java.lang.invoke.MethodType | Object | methodType | int.class | -
            INVOKE | java.lang.invoke.MethodHandles.publicLookup() | java.lang.invoke.MethodHandles.Lookup | Object | findClass | "x" | -
            CLASSLOADING | static | java.lang.Class | Object | forName | "java.lang.Runtime" | -
            CLASSLOADING | java.lang.String.class | java.lang.Class | ClassLoader | getClassLoader | | -
            CLASSLOADING | static | java.lang.ClassLoader | ClassLoader | getSystemClassLoader | | ""
            CLASSLOADING | java.lang.ClassLoader.getSystemClassLoader() | java.lang.ClassLoader | Class<?> | loadClass | "x" | ""
            CLASSLOADING | new | java.net.URLClassLoader | | | (java.net.URL[]) null | new java.net.URL[0]
            CLASSLOADING | static | javax.tools.ToolProvider | Object | getSystemJavaCompiler | | -
            NATIVE | static | java.lang.System | void | load | "/x" | -
            NATIVE | static | java.lang.System | void | loadLibrary | "x" | -
            UNSAFE | ((sun.misc.Unsafe) null) | sun.misc.Unsafe | int | pageSize | | -
            THREAD | new | java.lang.Thread | | | (java.lang.Runnable) () -> {} | (java.lang.Runnable) () -> {}
            THREAD | new java.lang.Thread() | java.lang.Thread | void | start | | ""
            THREAD | static | java.lang.Thread | void | sleep | 1 | ""
            THREAD | java.lang.Thread.currentThread() | java.lang.Thread | void | interrupt | | ""
            THREAD | new java.lang.Object() | java.lang.Object | void | wait | | ""
            THREAD | "".toString() | java.lang.String | void | notifyAll | | -
            THREAD | java.util.concurrent.TimeUnit.SECONDS | java.util.concurrent.TimeUnit | void | sleep | 1 | -
            THREAD | static | java.util.concurrent.Executors | Object | newCachedThreadPool | | -
            THREAD | new | java.util.concurrent.locks.ReentrantLock | | | | ""
            THREAD | new java.util.concurrent.locks.ReentrantLock() | java.util.concurrent.locks.ReentrantLock | void | lock | | ""
            THREAD | new | java.util.Timer | | | | ""
            THREAD | new java.lang.ThreadLocal<String>() | java.lang.ThreadLocal | Object | get | | ""
            PARALLELISM | static | java.util.concurrent.CompletableFuture | Object | runAsync | (java.lang.Runnable) () -> {} | -
            PARALLELISM | java.util.List.of(1) | java.util.List | java.util.stream.Stream | parallelStream | | -
            PARALLELISM | new java.util.ArrayList<String>() | java.util.ArrayList | java.util.stream.Stream | parallelStream | | ""
            PARALLELISM | java.util.stream.Stream.of(1) | java.util.stream.Stream | Object | parallel | | -
            PARALLELISM | java.util.stream.IntStream.range(0, 9) | java.util.stream.IntStream | Object | parallel | | -
            PARALLELISM | static | java.util.Arrays | void | parallelSort | (int[]) null | -
            PARALLELISM | static | java.util.stream.StreamSupport | Object | stream | (java.util.Spliterator) null; (boolean) true | -
            PARALLELISM | new java.util.concurrent.ConcurrentHashMap<String, String>() | java.util.concurrent.ConcurrentHashMap | Object | reduceValues | 1L; (java.util.function.BiFunction) (v, w) -> v | ""
            PARALLELISM | new | org.ta4j.core.backtest.BacktestExecutor | | | (org.ta4j.core.BarSeries) null | (org.ta4j.core.BarSeries) null
            ENVIRONMENT | static | java.lang.System | String | getenv | "HOME" | -
            ENVIRONMENT | static | java.lang.System | String | getProperty | "user.home" | -
            ENVIRONMENT | static | java.lang.System | String | setProperty | "a"; "b" | -
            ENVIRONMENT | static | java.lang.Integer | Integer | getInteger | "x" | -
            ENVIRONMENT | static | java.lang.Long | Long | getLong | "x" | -
            ENVIRONMENT | static | java.lang.Boolean | boolean | getBoolean | "x" | -
            ENVIRONMENT | static | java.lang.Runtime | Runtime | getRuntime | | -
            ENVIRONMENT | java.lang.Runtime.getRuntime() | java.lang.Runtime | int | availableProcessors | | -
            GLOBAL_STATE | static | java.lang.System | void | setOut | (java.io.PrintStream) null | -
            GLOBAL_STATE | static | java.lang.System | void | gc | | -
            GLOBAL_STATE | static | java.util.Locale | void | setDefault | (java.util.Locale) null | -
            GLOBAL_STATE | static | java.util.TimeZone | void | setDefault | (java.util.TimeZone) null | -
            GLOBAL_STATE | static | java.util.SimpleTimeZone | void | setDefault | (java.util.TimeZone) null | 1, "x"
            GLOBAL_STATE | "a".toString() | java.lang.String | String | intern | | -
            GLOBAL_STATE | java.lang.System.out | java.io.PrintStream | void | close | | -
            GLOBAL_STATE | static | org.ta4j.core.BaseBarSeriesBuilder | void | setDefaultNum | (org.ta4j.core.num.Num) null | ""
            SERIALIZATION | new | java.io.ObjectOutputStream | | | (java.io.OutputStream) null | (java.io.OutputStream) null
            SERIALIZATION | new java.io.ObjectInputStream(null) | java.io.ObjectInputStream | Object | readObject | | (java.io.InputStream) null
            SERVICE_LOADING | static | java.util.ServiceLoader | Object | load | java.lang.Runnable.class | -
            SERVICE_LOADING | static | java.util.random.RandomGenerator | Object | of | "Random" | -
            SERVICE_LOADING | static | java.time.chrono.Chronology | Object | of | "ISO" | -
            SERVICE_LOADING | static | java.util.ResourceBundle | Object | getBundle | "x" | -
            SCRIPTING | new | javax.script.ScriptEngineManager | | | | ""
            SCRIPTING | static | javax.xml.parsers.DocumentBuilderFactory | Object | newInstance | | -
            NAMING | new | javax.naming.InitialContext | | | | ""
            NAMING | static | java.rmi.registry.LocateRegistry | Object | getRegistry | | -
            DATABASE | static | java.sql.DriverManager | Object | getConnection | "jdbc:x" | -
            LOGGING | static | java.util.logging.Logger | Object | getGlobal | | -
            LOGGING | static | java.lang.System | Object | getLogger | "x" | -
            LOGGING | static | org.slf4j.LoggerFactory | Object | getLogger | "x" | -
            """.lines().map(DangerousOperations::operation).toList();

    private DangerousOperations() {}

    private static Operation operation(String line) {
        List<String> columns =
                List.of(line.split(" *[|] *", -1)).stream().map(String::strip).toList();
        List<String> arguments =
                columns.get(5).isEmpty() ? List.of() : List.of(columns.get(5).split("; "));
        return new Operation(
                Category.valueOf(columns.get(0)),
                columns.get(1),
                columns.get(2),
                columns.get(3),
                columns.get(4),
                arguments,
                columns.get(6).equals("\"\"") ? "" : columns.get(6));
    }
}
