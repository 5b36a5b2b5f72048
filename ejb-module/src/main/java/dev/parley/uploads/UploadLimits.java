package dev.parley.uploads;

import dev.parley.problem.Code;
import dev.parley.problem.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What may be shared here: {@code parley.uploads.max-bytes} and {@code parley.uploads.types}. */
@Dependent
public class UploadLimits {

    @Inject
    @ConfigProperty(name = "parley.uploads.max-bytes", defaultValue = "104857600")
    long maxBytes;

    /** Some of the media types that can be checked; absent for all of them. */
    @Inject
    @ConfigProperty(name = "parley.uploads.types")
    Optional<List<String>> types;

    /** For the container, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    public UploadLimits() {}

    /** Of one file. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Media types, in alphabetical order. */
    public List<String> types() {
        return types.map(List::stream)
                .orElseGet(() -> FileType.known().stream())
                .sorted()
                .toList();
    }

    void check(UploadRequest request) {
        if (request.size() > maxBytes) {
            throw Problem.of(
                    Code.TOO_LARGE,
                    "A file has at most " + maxBytes + " bytes, this one has " + request.size() + ".",
                    Map.of("limit", maxBytes, "size", request.size()));
        }
        if (types.isPresent() && !types.get().contains(request.contentType())) {
            throw Problem.of(
                    Code.UNSUPPORTED_TYPE,
                    "Files of type '" + request.contentType() + "' cannot be shared.",
                    Map.of("types", types()));
        }
    }
}
