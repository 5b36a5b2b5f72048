package dev.parley.uploads.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobCorsRule;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobServiceProperties;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.CopyStatusType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobBeginCopyOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.common.sas.SasProtocol;
import dev.parley.problem.Problem;
import dev.parley.uploads.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Azure Blob Storage with an account key. Addresses for browsers are signed here, for one blob, one purpose and some minutes (<a
 * href="https://learn.microsoft.com/rest/api/storageservices/create-service-sas">service SAS</a>).
 */
@ApplicationScoped
class AzureBlobStore implements ObjectStore {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration WHOLE_OBJECT = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final int PREFLIGHT_SECONDS = 3600;

    @Inject
    AzureSettings settings;

    @Inject
    Clock clock;

    private volatile @Nullable BlobContainerClient opened;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    AzureBlobStore() {}

    @Override
    public boolean configured() {
        return settings.endpoint.isPresent() && settings.account.isPresent() && settings.key.isPresent();
    }

    @Override
    public Permit permitWriting(String name, String contentType, Duration life) {
        Instant expiresAt = clock.instant().plus(life);
        // "create" alone: neither the first writer nor anybody else can write over what is there
        BlobServiceSasSignatureValues create = limited(expiresAt, new BlobSasPermission().setCreatePermission(true));
        return new Permit(
                signed(name, create), Map.of("x-ms-blob-type", "BlockBlob", "Content-Type", contentType), expiresAt);
    }

    @Override
    public URI permitReading(String name, Served served, Duration life) {
        BlobServiceSasSignatureValues read = limited(
                        clock.instant().plus(life), new BlobSasPermission().setReadPermission(true))
                .setContentType(served.contentType())
                .setContentDisposition(served.disposition())
                .setCacheControl("private, max-age=" + life.toSeconds());
        return signed(name, read);
    }

    private BlobServiceSasSignatureValues limited(Instant expiresAt, BlobSasPermission permission) {
        boolean secure = AzureSettings.required(settings.endpoint).startsWith("https:");
        return new BlobServiceSasSignatureValues(OffsetDateTime.ofInstant(expiresAt, ZoneOffset.UTC), permission)
                .setProtocol(secure ? SasProtocol.HTTPS_ONLY : SasProtocol.HTTPS_HTTP);
    }

    private URI signed(String name, BlobServiceSasSignatureValues what) {
        BlobClient blob = container().getBlobClient(name);
        String url = blob.getBlobUrl() + "?" + blob.generateSas(what);
        // what is signed is the path: the host may be another one for browsers
        String inside = AzureSettings.required(settings.endpoint);
        return URI.create(settings.publicEndpoint
                .filter(outside -> url.startsWith(inside))
                .map(outside -> outside + url.substring(inside.length()))
                .orElse(url));
    }

    @Override
    public OptionalLong adopt(String from, String to) {
        return answered(() -> {
            BlobClient target = container().getBlobClient(to);
            OptionalLong present = size(target);
            if (present.isPresent()) {
                return present;
            }
            BlobClient source = container().getBlobClient(from);
            if (size(source).isEmpty()) {
                return OptionalLong.empty();
            }
            copy(source, target);
            return size(target);
        });
    }

    private void copy(BlobClient source, BlobClient target) {
        // the service fetches the source itself and needs leave for it, although both are in one account
        BlobServiceSasSignatureValues read =
                limited(clock.instant().plus(WHOLE_OBJECT), new BlobSasPermission().setReadPermission(true));
        BlobBeginCopyOptions options = new BlobBeginCopyOptions(source.getBlobUrl() + "?" + source.generateSas(read))
                .setDestinationRequestConditions(new BlobRequestConditions().setIfNoneMatch("*"));
        try {
            CopyStatusType status = target.beginCopy(options)
                    .waitForCompletion(WHOLE_OBJECT)
                    .getValue()
                    .getCopyStatus();
            if (status != CopyStatusType.SUCCESS) {
                throw unavailable();
            }
        } catch (BlobStorageException e) {
            if (!e.getErrorCode().equals(BlobErrorCode.BLOB_ALREADY_EXISTS)
                    && e.getStatusCode() != 409
                    && e.getStatusCode() != 412) {
                throw e;
            }
            // a twin was faster: what it has copied is as good
        }
    }

    private static OptionalLong size(BlobClient blob) {
        try {
            return OptionalLong.of(blob.getPropertiesWithResponse(null, ANSWER, Context.NONE)
                    .getValue()
                    .getBlobSize());
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == 404) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public byte[] head(String name, int length) {
        return answered(() -> {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            container()
                    .getBlobClient(name)
                    .downloadStreamWithResponse(
                            head, new BlobRange(0, (long) length), null, null, false, ANSWER, Context.NONE);
            return head.toByteArray();
        });
    }

    @Override
    public void read(String name, OutputStream out) {
        answered(() -> container()
                .getBlobClient(name)
                .downloadStreamWithResponse(out, null, null, null, false, WHOLE_OBJECT, Context.NONE));
    }

    @Override
    public void remove(String name) {
        answered(() -> container().getBlobClient(name).deleteIfExistsWithResponse(null, null, ANSWER, Context.NONE));
    }

    @Override
    public void removeOlder(String prefix, Instant before) {
        answered(() -> {
            for (BlobItem item : container().listBlobs(new ListBlobsOptions().setPrefix(prefix), ANSWER)) {
                if (item.getProperties().getLastModified().toInstant().isBefore(before)) {
                    remove(item.getName());
                }
            }
            return before;
        });
    }

    @Override
    public void prepare(Set<String> origins) {
        answered(() -> {
            BlobContainerClient container = container();
            container.createIfNotExistsWithResponse(null, ANSWER, Context.NONE);
            BlobServiceClient service = container.getServiceClient();
            BlobServiceProperties properties = service.getProperties();
            properties.setCors(
                    origins.isEmpty()
                            ? List.of()
                            : List.of(new BlobCorsRule()
                                    .setAllowedOrigins(String.join(",", origins))
                                    .setAllowedMethods("PUT,GET,HEAD,OPTIONS")
                                    .setAllowedHeaders("content-type,x-ms-*,range,authorization")
                                    .setExposedHeaders("content-length,content-range,etag,x-ms-*")
                                    .setMaxAgeInSeconds(PREFLIGHT_SECONDS)));
            service.setPropertiesWithResponse(properties, ANSWER, Context.NONE);
            return container;
        });
    }

    @Override
    public void reach() {
        answered(() -> container().existsWithResponse(ANSWER, Context.NONE));
    }

    private static <T> T answered(Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException e) {
            // whatever the SDK throws is a store that did not do what it should; its message may hold a signed address
            System.getLogger(AzureBlobStore.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The object store failed: {0}{1}",
                            e.getClass().getName(),
                            e instanceof BlobStorageException storage
                                    ? " " + storage.getStatusCode() + " " + storage.getErrorCode()
                                    : "");
            throw unavailable();
        }
    }

    private static Problem unavailable() {
        return Problem.unavailable("The file store does not answer.", AGAIN);
    }

    private BlobContainerClient container() {
        BlobContainerClient known = opened;
        if (known == null) {
            known = open();
            opened = known;
        }
        return known;
    }

    private BlobContainerClient open() {
        return new BlobServiceClientBuilder()
                .endpoint(AzureSettings.required(settings.endpoint))
                .credential(new StorageSharedKeyCredential(
                        AzureSettings.required(settings.account), AzureSettings.required(settings.key)))
                .httpClient(new JdkHttpClientBuilder()
                        .connectionTimeout(CONNECT)
                        .responseTimeout(ANSWER)
                        .readTimeout(ANSWER)
                        .build())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, 2, ANSWER, Duration.ofMillis(200), Duration.ofSeconds(1), null))
                .buildClient()
                .getBlobContainerClient(settings.container);
    }
}
