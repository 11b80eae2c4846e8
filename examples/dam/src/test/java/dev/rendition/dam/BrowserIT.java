package dev.rendition.dam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The demo in a real browser; skipped where chromium and chromedriver are not on the path. */
class BrowserIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private Site site;
  private ChromeDriver browser;

  @BeforeEach
  void open() throws Exception {
    Optional<File> chromium = onPath("chromium");
    Optional<File> chromedriver = onPath("chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "the browser test needs chromium and chromedriver on the path");
    site = new Site();
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
        "--user-data-dir=" + folder.resolve("profile"));
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.get())
                .usingAnyFreePort()
                .build(),
            options);
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.quit();
    }
    if (site != null) {
      site.close();
    }
  }

  @Test
  void aBrowserShowsTheRenditionThatFits() throws Exception {
    Path file = Files.write(folder.resolve("beach.jpg"), Site.redAndBlue(2_400, 600));
    screen(1_400);
    browser.get(site.dam.address().toString());
    browser.findElement(By.id("files")).sendKeys(file.toString());
    browser.findElement(By.cssSelector("#upload button")).click();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> arrived(".list img"));

    browser.findElement(By.cssSelector(".list a")).click();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> arrived("picture img"));
    assertThat(browser.getCurrentUrl()).endsWith("/asset/beach.jpg");
    assertThat(source()).as("90 of 100 of 1400 pixels").contains("/large-");
    assertThat(browser.findElement(By.cssSelector("picture img")).getDomAttribute("style"))
        .contains("data:image/png;base64,");

    assertThat(problems()).as("what the browser complained of").isEmpty();
  }

  @Test
  void aHostileNameRunsNothing() throws Exception {
    String name = "<img src=x onerror=document.title='run'>.jpg";
    String place = site.upload(Addresses.path("", name), Site.redAndBlue(300, 200));
    browser.get(site.at(place).toString());
    await().atMost(PATIENCE).ignoreExceptions().until(() -> arrived("picture img"));
    assertThat(browser.getTitle()).isEqualTo(name);
    assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo(name);
    assertThat(problems()).isEmpty();
  }

  private void screen(int width) {
    Map<String, Object> none =
        browser.executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    assertThat(none).isEmpty();
  }

  private boolean arrived(String selector) {
    return Boolean.TRUE.equals(
        browser.executeScript(
            "const i = document.querySelector(arguments[0]);"
                + " return i !== null && i.complete && i.naturalWidth > 1",
            selector));
  }

  private String source() {
    return String.valueOf(
        browser.executeScript("return document.querySelector('picture img').currentSrc"));
  }

  private Stream<String> problems() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage);
  }

  private static Optional<File> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> new File(folder, program))
        .filter(File::canExecute)
        .findFirst();
  }
}
