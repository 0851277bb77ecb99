package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.LatestStateSubscriber;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The real subscribers with a client that lacks what an old one lacks, or with none. */
class OldClientTest {

    @Test
    void anOldKafkaClientIsNamedWithThePropertyOfItsVersion() {
        FailureAnalysis analysis = analysis(new OldClient(
                "kafka", "org.apache.kafka.", "org.apache.kafka.clients.admin.DescribeTopicsResult", "topicIdValues"));
        assertThat(analysis.getDescription()).contains("'model'", "kafka-clients", "is on the class path");
        assertThat(analysis.getAction()).contains("kafka.version");
    }

    @Test
    void anOldAwsSdkIsNamedWithItsBom() {
        FailureAnalysis analysis = analysis(new OldClient(
                "kinesis", "software.amazon.awssdk.", "software.amazon.awssdk.core.util.VersionInfo", "SDK_VERSION"));
        assertThat(analysis.getDescription()).contains("'model'", "AWS SDK 2.20.0", "bom");
        assertThat(analysis.getAction()).contains("BOM");
    }

    @Test
    void aClientThatIsMissingIsNamedAsSuch() {
        FailureAnalysis analysis = analysis(new OldClient("kafka", "org.apache.kafka.", null, ""));
        assertThat(analysis.getDescription()).contains("'model'", "org/apache/kafka/");
        assertThat(analysis.getAction()).contains("missing or too old", "mvn dependency:tree", "docs/compatibility.md");
    }

    private static FailureAnalysis analysis(OldClient client) {
        return FailureAnalyzersTest.analysisOf(Contexts.plain()
                .withUserConfiguration(Contexts.ModelBean.class)
                .withBean(LatestStateSubscriber.class, client::subscriber)
                .withPropertyValues(
                        "latest-state.states.model.stream=models",
                        "latest-state.states.model.subscriber=" + client.broker,
                        "latest-state.states.model.settings."
                                + (client.broker.equals("kafka")
                                        ? "bootstrap.servers=127.0.0.1:1"
                                        : "region=eu-west-1")));
    }

    /** Loads a broker module and its client again, with one method of one class less or one constant of another value, or without any class of the client. */
    private static final class OldClient extends ClassLoader {

        private final String broker;
        private final String clientPackage;
        private final @Nullable String changed;
        private final String member;

        OldClient(String broker, String clientPackage, @Nullable String changed, String member) {
            super(OldClientTest.class.getClassLoader());
            this.broker = broker;
            this.clientPackage = clientPackage;
            this.changed = changed;
            this.member = member;
        }

        LatestStateSubscriber subscriber() {
            String name = broker.equals("kafka") ? "KafkaSubscriber" : "KinesisSubscriber";
            try {
                return (LatestStateSubscriber) loadClass("io.github.lateststate." + broker + "." + name)
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(clientPackage) && !name.startsWith("io.github.lateststate." + broker + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (changed == null && name.startsWith(clientPackage)) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = name.equals(changed) ? changed(file) : file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        private byte[] changed(InputStream file) throws IOException {
            ClassWriter writer = new ClassWriter(0);
            new ClassReader(file)
                    .accept(
                            new ClassVisitor(SpringAsmInfo.ASM_VERSION, writer) {
                                @Override
                                public @Nullable FieldVisitor visitField(
                                        int access,
                                        String name,
                                        String descriptor,
                                        @Nullable String signature,
                                        @Nullable Object value) {
                                    return super.visitField(
                                            access,
                                            name,
                                            descriptor,
                                            signature,
                                            name.equals(member) ? "2.20.0" : value);
                                }

                                @Override
                                public @Nullable MethodVisitor visitMethod(
                                        int access,
                                        String name,
                                        String descriptor,
                                        @Nullable String signature,
                                        String @Nullable [] exceptions) {
                                    return name.equals(member)
                                            ? null
                                            : super.visitMethod(access, name, descriptor, signature, exceptions);
                                }
                            },
                            0);
            return writer.toByteArray();
        }
    }
}
