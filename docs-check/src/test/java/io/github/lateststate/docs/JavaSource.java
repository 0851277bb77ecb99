package io.github.lateststate.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Java snippet as a source file. A snippet is a whole program, a class, members of a class, or statements. A program
 * compiles as it stands. The others need {@link Surroundings} and the imports that are listed here.
 */
record JavaSource(Kind kind, String type, String code) {

    private static final List<String> IMPORTS = List.of(
            "io.github.lateststate.*",
            "io.github.lateststate.docs.Surroundings.ModelRef",
            "io.github.lateststate.json.*",
            "io.github.lateststate.kafka.*",
            "io.github.lateststate.kinesis.*",
            "io.github.lateststate.metrics.*",
            "io.github.lateststate.resource.*",
            "io.github.lateststate.spring.*",
            "io.github.lateststate.testing.*",
            "java.io.IOException",
            "java.net.URI",
            "java.nio.file.Path",
            "java.time.Duration",
            "java.util.Map",
            "java.util.concurrent.CompletableFuture",
            "com.google.protobuf.StringValue",
            "org.apache.avro.generic.GenericDatumReader",
            "org.apache.avro.generic.GenericRecord",
            "org.apache.avro.io.DatumReader",
            "org.apache.avro.io.DecoderFactory",
            "org.apache.kafka.clients.producer.KafkaProducer",
            "org.apache.kafka.clients.producer.ProducerRecord",
            "org.apache.kafka.common.serialization.ByteArraySerializer",
            "org.apache.kafka.common.serialization.StringSerializer",
            "reactor.adapter.JdkFlowAdapter",
            "reactor.core.publisher.Flux",
            "reactor.core.publisher.Mono",
            "org.junit.jupiter.api.Test",
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.boot.test.context.SpringBootTest",
            "org.springframework.context.annotation.Bean",
            "org.springframework.context.event.EventListener",
            "static org.junit.jupiter.api.Assertions.*");
    private static final Pattern PROGRAM = Pattern.compile("^public class (\\w+)", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package (.*);$", Pattern.MULTILINE);
    private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);
    private static final Pattern OWN_IMPORT = Pattern.compile("^import .*;\n+", Pattern.MULTILINE);

    enum Kind {
        PROGRAM,
        CLASS,
        MEMBERS,
        STATEMENTS
    }

    static JavaSource of(Snippet snippet, String text) {
        Matcher program = PROGRAM.matcher(text);
        if (program.find()) {
            Matcher itsPackage = PACKAGE.matcher(text);
            String prefix = itsPackage.find() ? itsPackage.group(1) + "." : "";
            return new JavaSource(Kind.PROGRAM, prefix + program.group(1), text);
        }
        String imports =
                OWN_IMPORT.matcher(text).results().map(found -> found.group()).collect(Collectors.joining())
                        + IMPORTS.stream().map(it -> "import " + it + ";\n").collect(Collectors.joining());
        String body = OWN_IMPORT.matcher(text).replaceAll("");
        Matcher aClass = CLASS.matcher(body);
        if (aClass.find()) {
            return new JavaSource(Kind.CLASS, aClass.group(1), imports + body);
        }
        String type = snippet.toString().replaceAll("\\W", "_");
        String start = imports + "public class " + type + " extends " + Surroundings.class.getName() + " {\n";
        return body.startsWith("@")
                ? new JavaSource(Kind.MEMBERS, type, start + body + "public void run() {}\n}\n")
                : new JavaSource(
                        Kind.STATEMENTS, type, start + "public void run() throws Exception {\n" + body + "}\n}\n");
    }
}
