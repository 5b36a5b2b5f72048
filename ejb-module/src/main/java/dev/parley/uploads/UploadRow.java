package dev.parley.uploads;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An object that somebody was allowed to store, and what became of it. */
@Entity
@Table(name = "upload")
class UploadRow {

    /** Where browsers write. */
    static final String INCOMING = "incoming/";

    /** Where nobody but this server does. */
    private static final String STORED = "media/";

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_BYTES = 24;

    enum State {
        /** May be written, or is and nobody has said so. */
        REQUESTED,
        /** Is what it was said to be, and in a message. */
        SHARED,
        /** Is not what it was said to be. */
        REJECTED,
        /** Was shared; its message is deleted and the object with it. */
        REMOVED
    }

    @Id
    UUID id;

    @Column(name = "room_id", updatable = false)
    UUID roomId;

    @Column(name = "owner_id", updatable = false)
    UUID ownerId;

    @Column(name = "file_name", updatable = false)
    String fileName;

    @Column(name = "content_type", updatable = false)
    String contentType;

    @Column(updatable = false)
    long size;

    @Column(updatable = false)
    @Nullable
    String sha256;

    @Column(name = "incoming_name", updatable = false)
    String incomingName;

    @Column(name = "stored_name", updatable = false)
    String storedName;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    State state = State.REQUESTED;

    @Column(name = "message_id")
    @Nullable
    UUID messageId;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    UploadRow() {}

    /** Under names that nobody guesses and that nothing else ever has. */
    UploadRow(UUID ownerId, UploadRequest request, Instant createdAt) {
        byte[] random = new byte[NAME_BYTES];
        RANDOM.nextBytes(random);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        this.id = IDS.generate();
        this.ownerId = ownerId;
        this.roomId = request.roomId();
        this.fileName = request.fileName();
        this.contentType = request.contentType();
        this.size = request.size();
        this.sha256 = request.sha256();
        this.incomingName = INCOMING + name;
        this.storedName = STORED + name;
        this.createdAt = createdAt;
    }
}
