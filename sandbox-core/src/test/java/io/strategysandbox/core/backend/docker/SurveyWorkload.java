package io.strategysandbox.core.backend.docker;

import java.util.List;

/**
 * A strategy that makes its JVM ask the kernel for something.
 *
 * @param name what it does
 * @param members the members of class {@code S}, which implements {@code TradingStrategy}
 * @param verdict the id of the verdict that its run ends with
 */
record SurveyWorkload(String name, String members, String verdict) {

    static List<SurveyWorkload> all() {
        return List.of(
                new SurveyWorkload("honest", """
                        private final java.util.Random random = new java.util.Random(7);
                        public double onBar(BarSeries h) {
                          ClosePriceIndicator c = new ClosePriceIndicator(h);
                          double v = new EMAIndicator(new SMAIndicator(c, 9), 20).getValue(h.getEndIndex()).doubleValue();
                          String.format("%.3f %s", v, java.time.ZonedDateTime.now());
                          return v > c.getValue(h.getEndIndex()).doubleValue() + random.nextDouble() ? 1 : 0;
                        }""", "OK"),
                new SurveyWorkload("threads", """
                        public double onBar(BarSeries h) { try {
                          var pool = java.util.concurrent.Executors.newFixedThreadPool(4);
                          List<java.util.concurrent.Future<Double>> sums = new ArrayList<>();
                          for (int n = 0; n < 8; n++) sums.add(pool.submit(() -> { double s = 0;
                            for (int k = 0; k < 100000; k++) s += Math.sqrt(k); Thread.sleep(1); return s; }));
                          for (var sum : sums) sum.get();
                          pool.shutdown(); java.util.stream.IntStream.range(0, 9999).parallel().sum();
                          Thread t = new Thread(() -> { try { Thread.sleep(60000); } catch (InterruptedException e) { } });
                          t.start(); t.interrupt(); t.join(); Thread.yield();
                          synchronized (this) { wait(3); }
                          return 1; } catch (Exception e) { throw new IllegalStateException(e); } }""", "OK"),
                new SurveyWorkload("garbage", """
                        private final List<byte[]> kept = new ArrayList<>();
                        public double onBar(BarSeries h) { for (int n = 0; n < 300; n++) {
                          byte[] some = new byte[100_000]; if (n % 50 == 0 && kept.size() < 200) kept.add(some); }
                          if (h.getBarCount() % 20 == 0) System.gc(); return 0; }""", "OK"),
                new SurveyWorkload("heap", """
                        public double onBar(BarSeries h) { List<long[]> all = new ArrayList<>();
                          while (true) all.add(new long[1 << 18]); }""", "MEMORY_LIMIT_EXCEEDED"),
                new SurveyWorkload("metaspace", """
                        public double onBar(BarSeries h) { List<Object> all = new ArrayList<>();
                          while (true) all.add(java.lang.reflect.Proxy.newProxyInstance(new ClassLoader(S.class.getClassLoader()) { },
                            new Class<?>[] {Runnable.class}, (p, m, a) -> null)); }""", "MEMORY_LIMIT_EXCEEDED"),
                new SurveyWorkload("direct memory", """
                        public double onBar(BarSeries h) { java.nio.ByteBuffer b = java.nio.ByteBuffer.allocateDirect(8 << 20);
                          for (int n = 0; n < b.capacity(); n += 4096) b.put(n, (byte) 1); return 0; }""", "OK"),
                new SurveyWorkload(
                        "recursion", "public double onBar(BarSeries h) { return 1 + onBar(h); }", "RUNTIME_ERROR"),
                new SurveyWorkload("exception", """
                        public double onBar(BarSeries h) { Object[] none = null;
                          try { none[0] = 1; } catch (NullPointerException e) { }
                          new Thread(() -> { throw new IllegalStateException("thread"); }).start();
                          if (h.getBarCount() > 5) throw new IllegalStateException("no"); return 0; }""", "RUNTIME_ERROR"),
                new SurveyWorkload("flood", """
                        public double onBar(BarSeries h) { while (true) { System.out.println("again and again");
                          System.err.print("and again"); } }""", "OUTPUT_LIMIT_EXCEEDED"),
                new SurveyWorkload("files", """
                        public double onBar(BarSeries h) { try { File d = new File(System.getProperty("java.io.tmpdir"), "d");
                          d.mkdir(); File f = File.createTempFile("some", ".txt", d);
                          try (FileWriter w = new FileWriter(f)) { w.write("text\\n".repeat(99)); }
                          try (BufferedReader r = new BufferedReader(new FileReader(f))) { while (r.readLine() != null) { } }
                          try (RandomAccessFile r = new RandomAccessFile(f, "rw")) { r.seek(5); r.write(1); r.setLength(9);
                            r.length(); r.getFilePointer(); }
                          try (InputStream in = new FileInputStream(f)) { in.available(); in.skip(2); in.readAllBytes(); }
                          File g = new File(d, "g"); f.renameTo(g); g.length(); g.exists(); g.canRead(); g.isDirectory();
                          g.lastModified(); g.getCanonicalPath(); d.list(); d.listFiles(); g.delete(); d.delete();
                          new FileInputStream(FileDescriptor.in).available(); return 0; } catch (IOException e) { throw new UncheckedIOException(e); } }""", "OK"),
                new SurveyWorkload("exit", """
                        public double onBar(BarSeries h) {
                          Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
                          System.exit(3); return 0; }""", "RUNTIME_ERROR"),
                new SurveyWorkload("virtual threads, where there are any", """
                        public double onBar(BarSeries h) { try {
                          var start = Thread.class.getMethod("startVirtualThread", Runnable.class);
                          for (int n = 0; n < 20; n++) ((Thread) start.invoke(null, (Runnable) () -> {
                            try { Thread.sleep(2); } catch (InterruptedException e) { } })).join();
                          return 1; } catch (NoSuchMethodException e) { return 0;
                          } catch (Exception e) { throw new IllegalStateException(e); } }""", "OK"),
                new SurveyWorkload("clocks and facts", """
                        public double onBar(BarSeries h) { System.nanoTime(); System.currentTimeMillis();
                          Runtime.getRuntime().availableProcessors(); Runtime.getRuntime().freeMemory();
                          new java.security.SecureRandom().nextLong(); UUID.randomUUID(); System.getenv();
                          ProcessHandle.current().pid(); java.time.LocalDate.now(); Locale.getAvailableLocales();
                          java.util.TimeZone.getAvailableIDs(); new java.math.BigDecimal("1").sqrt(java.math.MathContext.DECIMAL64);
                          return 0; }""", "OK"));
    }
}
