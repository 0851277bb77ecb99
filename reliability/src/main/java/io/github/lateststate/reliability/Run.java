package io.github.lateststate.reliability;

import static java.util.stream.Collectors.joining;

import io.github.lateststate.reliability.Violation.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One run. It opens states, begins and ends faults, and waits after each round until all states are live again. */
final class Run {

    private static final Duration FIRST_START = Duration.ofMinutes(1);
    private static final Duration HEALED_AT_LAST = Duration.ofMinutes(2);
    private static final Duration LEFT_WITHIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_DECODER_FAULT = Duration.ofSeconds(50);
    private static final long SHORTEST_FAULT_MILLIS = 1_000;

    /**
     * The parameters of a run.
     *
     * @param duration how long faults come and go
     * @param seed decides which faults, and for how long
     * @param longestFault no fault is longer
     * @param ownClients how many states of each stream have clients of their own
     * @param sharedClients how many states of each stream share their clients
     */
    record Plan(Duration duration, long seed, Duration longestFault, int ownClients, int sharedClients) {}

    private final Plan plan;
    private final Stage stage;
    private final Report report;
    private final Stalls stalls;
    private final Random random;
    private final List<Watched> states = new ArrayList<>();
    private final Set<String> groups = new TreeSet<>();

    private Run(Plan plan, Stage stage, Report report, Stalls stalls) {
        this.plan = plan;
        this.stage = stage;
        this.report = report;
        this.stalls = stalls;
        random = new Random(plan.seed());
    }

    /** Runs to its end. The report lists the broken promises. */
    static void on(Stage stage, Plan plan, Report report) throws Exception {
        long begin = System.nanoTime();
        try (Stalls stalls = Stalls.start();
                Observer observer = Observer.start(stalls, report)) {
            new Run(plan, stage, report, stalls).run(observer);
        } finally {
            report.print(stage.streams(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private void run(Observer observer) throws Exception {
        report.situation("start");
        stage.streams().forEach(stream -> stream.writer().start());
        for (WrittenStream stream : stage.streams()) {
            for (int i = 0; i < plan.ownClients() + plan.sharedClients(); i++) {
                boolean shared = i >= plan.ownClients();
                String name = stream.name() + (shared ? "/shared-" : "/own-") + i;
                opened(Watched.open(name, stream, shared, stage, report), observer);
            }
        }
        Again.within(FIRST_START, () -> states.stream().allMatch(state -> state.isLivePast(Optional.empty())));
        FaultOrder order = new FaultOrder(stage.faults(), decoderFaults(), random);
        long end = System.nanoTime() + plan.duration().toNanos();
        while (System.nanoTime() < end) {
            round(order.next(), observer);
        }
        stage.streams().forEach(stream -> stream.writer().close());
        report.situation("after the end of the run");
        awaitLive(newest());
        closeAll(observer);
    }

    private void round(List<Fault> faults, Observer observer) throws Exception {
        String names = faults.stream().map(Fault::name).collect(joining(" and "));
        report.situation(names);
        for (Fault fault : faults) {
            report.fault(fault);
            fault.begin().run();
        }
        Duration most =
                faults.stream().map(Fault::most).max(Duration::compareTo).orElse(Duration.ZERO);
        long millis = Math.min(most.toMillis(), plan.longestFault().toMillis());
        if (random.nextInt(3) == 0) {
            openAnother(observer);
        }
        TimeUnit.MILLISECONDS.sleep(
                millis == 0 ? 0 : SHORTEST_FAULT_MILLIS + random.nextLong(Math.max(1, millis - SHORTEST_FAULT_MILLIS)));
        for (Fault fault : faults) {
            Again.until("The end of " + fault.name(), HEALED_AT_LAST, fault.end());
        }
        awaitRecovery(names);
        if (random.nextInt(3) == 0) {
            openAnother(observer);
            awaitRecovery("opened after " + names);
        }
    }

    /** After the writers have committed another update, the states have {@link Promises#FRESH} to show it. */
    private void awaitRecovery(String after) throws Exception {
        report.situation("after " + after);
        Map<Watched, Optional<Place>> newest = newest();
        if (!Again.within(
                HEALED_AT_LAST,
                () -> states.stream().noneMatch(state -> state.book().newest().equals(newest.get(state))))) {
            throw new IllegalStateException("The writers of this run commit nothing any more");
        }
        awaitLive(newest);
    }

    private Map<Watched, Optional<Place>> newest() {
        return states.stream()
                .collect(Collectors.toMap(state -> state, state -> state.book().newest()));
    }

    private void awaitLive(Map<Watched, Optional<Place>> newest) throws Exception {
        Duration heldBefore = stalls.total();
        long begin = System.nanoTime();
        List<Watched> late = new ArrayList<>(states);
        Callable<Boolean> allLive = () -> {
            late.removeIf(state -> state.isLivePast(newest.getOrDefault(state, Optional.empty())));
            return late.isEmpty();
        };
        boolean inTime = Again.within(Promises.FRESH, allLive)
                || Again.within(stalls.total().minus(heldBefore), allLive);
        if (!inTime) {
            Map<Watched, String> seen = late.stream().collect(Collectors.toMap(state -> state, Watched::description));
            Again.within(HEALED_AT_LAST, allLive);
            String took = Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms";
            seen.forEach((state, description) -> report.violation(
                    state.name(),
                    new Violation(
                            Promise.LIVE_AFTER_FAULTS,
                            "expected " + newest.get(state) + "; all states were live with theirs after " + took),
                    description));
        }
        report.recovered(Duration.ofNanos(System.nanoTime() - begin));
    }

    /** Slow decoding ends with the fault, also for the record that is being decoded. */
    private List<Fault> decoderFaults() {
        List<Fault> faults = new ArrayList<>();
        for (int index = 0; index < states.size(); index++) {
            TroubledDecoder decoder = states.get(index).decoder();
            String name = "decoder of " + states.get(index).name();
            Duration delay = Duration.ofSeconds(index % 2 == 0 ? 20 : 2);
            faults.add(new Fault(
                    name + " takes " + delay.toSeconds() + " s",
                    Fault.Kind.DECODER,
                    LONGEST_DECODER_FAULT,
                    () -> decoder.slow(delay),
                    decoder::quick));
            faults.add(new Fault(
                    name + " cannot decode now",
                    Fault.Kind.DECODER,
                    LONGEST_DECODER_FAULT,
                    decoder::later,
                    decoder::quick));
        }
        return faults;
    }

    private void openAnother(Observer observer) {
        int index = random.nextInt(states.size());
        Watched old = states.remove(index);
        observer.remove(old);
        old.close(stalls);
        opened(old.again(stage), observer);
    }

    private void opened(Watched state, Observer observer) {
        states.add(state);
        groups.add(state.group());
        observer.add(state);
        report.opened();
    }

    private void closeAll(Observer observer) throws Exception {
        report.situation("close");
        for (Watched state : states) {
            observer.remove(state);
            state.close(stalls);
        }
        if (!Again.within(LEFT_WITHIN, () -> leftovers().isEmpty())) {
            report.violation(
                    "all", new Violation(Promise.NOTHING_LEFT, leftovers().toString()), "closed");
        }
    }

    private List<String> leftovers() throws Exception {
        List<String> left = new ArrayList<>(stage.leftovers(groups));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("latest-state") || groups.stream().anyMatch(name::contains)) {
                left.add("thread " + name);
            }
        }
        return left;
    }
}
