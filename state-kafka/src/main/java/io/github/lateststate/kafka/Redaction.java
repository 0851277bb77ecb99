package io.github.lateststate.kafka;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Removes the values of settings from Kafka's messages. Any value may hold a password, even by mistake, and Kafka
 * quotes values or parts of them. The name of the setting replaces the value, and says what to check.
 */
final class Redaction {

    /** The words of Kafka's own language. Everything else that a user wrote may be a secret. */
    private static final Set<String> KNOWN_WORDS = Set.of(
            "required requisite sufficient optional username password true false plaintext ssl sasl_plaintext sasl_ssl plain gssapi oauthbearer"
                    .concat(
                            " scram-sha-256 scram-sha-512 jks pkcs12 pem https tls tlsv1.2 tlsv1.3 read_committed read_uncommitted")
                    .split(" "));

    private static final Pattern SEPARATORS = Pattern.compile("[\\s\"'=;,]+");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
    private static final Pattern USER_INFO = Pattern.compile("//([^/@\\s]+)@");

    /** A shorter word counts as a value only if it stands alone; otherwise no text would be readable. */
    private static final int SHORT = 6;

    private final Map<String, String> names = new HashMap<>(); // of settings, by the word to take out
    private final @Nullable Pattern words;

    private Redaction(Map<String, String> values, Map<String, String> resolved) {
        values.forEach(this::add);
        resolved.forEach(this::add);
        this.words = names.isEmpty()
                ? null
                : Pattern.compile(
                        names.keySet().stream()
                                .sorted(Comparator.comparing(String::length).reversed())
                                .map(Redaction::pattern)
                                .collect(Collectors.joining("|")),
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * Removes these settings.
     *
     * @param checked settings that were checked: numbers are numbers, and brokers are hosts and ports
     * @param resolved the same settings, with the references to {@code config.providers} resolved
     */
    static Redaction of(Map<String, String> checked, Map<String, String> resolved) {
        return new Redaction(harmful(checked), harmful(resolved));
    }

    /** Removes one value. */
    static Redaction of(String name, String value) {
        return new Redaction(Map.of(name, value), Map.of());
    }

    String of(@Nullable String text) {
        if (text == null || words == null) {
            return String.valueOf(text);
        }
        return words.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "<" + names.getOrDefault(found.group().toLowerCase(Locale.ROOT), "value") + ">"));
    }

    /**
     * The exception itself if neither it nor a cause of it quotes a value; else one that says the same without the
     * value.
     */
    Throwable of(Throwable thrown) {
        return isClean(thrown) ? thrown : copy(thrown);
    }

    private boolean isClean(Throwable thrown) {
        return Causes.chain(thrown).stream()
                .allMatch(one -> of(one.toString()).equals(one.toString())
                        && Set.of(one.getSuppressed()).stream().allMatch(this::isClean));
    }

    private Throwable copy(Throwable thrown) {
        List<Throwable> chain = Causes.chain(thrown);
        Throwable copy = thrown;
        for (int i = chain.size() - 1; i >= 0; i--) {
            Throwable one = chain.get(i);
            copy = new KafkaException(
                    one.getClass().getSimpleName() + ": " + of(one.getMessage()), i == chain.size() - 1 ? null : copy);
            copy.setStackTrace(one.getStackTrace());
        }
        return copy;
    }

    private static Map<String, String> harmful(Map<String, String> checked) {
        Map<String, String> harmful = new HashMap<>(checked);
        harmful.keySet().removeIf(Redaction::isHarmless);
        return harmful;
    }

    private static boolean isHarmless(String name) {
        return name.equals(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG) || ClientSettings.isNumber(name);
    }

    private void add(String name, String value) {
        addWord(name, value.strip());
        SEPARATORS.splitAsStream(value).forEach(word -> addWord(name, word));
        QUOTED.matcher(value).results().forEach(quoted -> {
            String inner = quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
            addWord(name, inner);
        });
        USER_INFO.matcher(value).results().forEach(user -> {
            for (String word : user.group(1).split(":", -1)) {
                addWord(name, word);
            }
        });
    }

    private void addWord(String name, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!lower.isEmpty() && !KNOWN_WORDS.contains(lower) && !lower.startsWith("org.apache.kafka.")) {
            names.putIfAbsent(lower, name);
        }
    }

    private static String pattern(String word) {
        return word.length() < SHORT
                ? "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])"
                : Pattern.quote(word);
    }
}
