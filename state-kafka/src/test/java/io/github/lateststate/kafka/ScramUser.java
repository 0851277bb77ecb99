package io.github.lateststate.kafka;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A user who logs in with a password, and has the granted rights. */
record ScramUser(String name, String password) {

    static ScramUser named(String password) {
        return new ScramUser("user-" + UUID.randomUUID(), password);
    }

    /** The settings with which this user's clients log in. */
    Map<String, String> clientSettings() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + name
                                + "\" password=\"" + password + "\";");
    }

    /** Makes the broker accept a password for this user. */
    void acceptedWith(String accepted, Admin admin) {
        ScramCredentialInfo scram = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        TestClients.done(
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, scram, accepted)))
                        .all());
    }

    void grantRead(String topic, Admin admin) {
        TestClients.done(admin.createAcls(List.of(read(topic))).all());
    }

    /** Grants less than READ, which includes it. */
    void grantDescribe(String topic, Admin admin) {
        TestClients.done(admin.createAcls(List.of(acl(topic, AclOperation.DESCRIBE, AclPermissionType.ALLOW)))
                .all());
    }

    /** Denies DESCRIBE although READ includes it. */
    void denyDescribe(String topic, Admin admin) {
        TestClients.done(admin.createAcls(List.of(acl(topic, AclOperation.DESCRIBE, AclPermissionType.DENY)))
                .all());
    }

    void revokeRead(String topic, Admin admin) {
        TestClients.done(admin.deleteAcls(List.of(read(topic).toFilter())).all());
    }

    private AclBinding read(String topic) {
        return acl(topic, AclOperation.READ, AclPermissionType.ALLOW);
    }

    private AclBinding acl(String topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + name, "*", operation, permission));
    }
}
