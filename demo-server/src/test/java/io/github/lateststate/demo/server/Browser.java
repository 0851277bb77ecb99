package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * Chromium without a window, started afresh for each test. Without Chromium the test is skipped; under {@code CI=true}
 * it fails.
 */
final class Browser implements BeforeEachCallback, AfterEachCallback {

    /** Warns of every newer browser, about features not used here. Held, because the JVM forgets a logger that nothing refers to. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

    /** A name of another site that points at this machine. */
    static final String HOSTILE = "hostile.example";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable ChromeDriver started;

    @Override
    public void beforeEach(ExtensionContext context) {
        Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<File> chromedriver = onPath("chromedriver");
        boolean installed = chromium.isPresent() && chromedriver.isPresent();
        assumeTrue(
                installed || Boolean.parseBoolean(System.getenv("CI")),
                "needs Chromium: chromium and chromedriver are not both on the PATH");
        assertThat(installed)
                .as("chromium and chromedriver are on the PATH, as they must be under CI")
                .isTrue();
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        // the driver adds a fresh --user-data-dir, and deletes it
        ChromeOptions options = new ChromeOptions()
                .setBinary(chromium.orElseThrow())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--host-resolver-rules=MAP " + HOSTILE + " 127.0.0.1",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync");
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow())
                .usingAnyFreePort()
                .build();
        started = new ChromeDriver(service, options);
        started.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        quit();
    }

    void quit() {
        if (started != null) {
            started.quit();
            started = null;
        }
    }

    private ChromeDriver driver() {
        return Objects.requireNonNull(started);
    }

    void open(String address) {
        driver().get(address);
    }

    /** Sets a width that only a phone has. No window can be so narrow. */
    void width(int pixels) {
        driver().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    /** By how many pixels the page is wider than the window. */
    String overflow() {
        return run("const page = document.documentElement; return page.scrollWidth - page.clientWidth");
    }

    void colourScheme(String scheme) {
        driver().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void press(Keys key) {
        driver().switchTo().activeElement().sendKeys(key);
    }

    String run(String script) {
        return String.valueOf(driver().executeScript(script));
    }

    /** What the script hands to {@code done}. It fails if that does not happen in time. */
    String outcome(String script) {
        return String.valueOf(driver().executeAsyncScript("const done = arguments[arguments.length - 1];" + script));
    }

    /** The visible text. */
    String text(String id) {
        return driver().findElement(By.id(id)).getText();
    }

    void awaitText(String id, String... parts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text(id)).contains(parts));
    }

    void awaitNothing(String id) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(text(id)).isEmpty());
    }

    void awaitComplaint(String part) {
        await().atMost(PATIENCE).until(() -> complaints().stream().anyMatch(complaint -> complaint.contains(part)));
    }

    /** Errors and warnings since the last call, also those about the page's security policy. */
    List<String> complaints() {
        return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The browser's reports of its requests, as JSON. */
    List<String> requests() {
        return driver().manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .toList();
    }

    private static Optional<File> onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }
}
