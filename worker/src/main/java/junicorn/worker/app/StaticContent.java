package junicorn.worker.app;

import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.ResourceHttpContentFactory;
import org.eclipse.jetty.http.content.ValidatingCachingHttpContentFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/// The files of an application, for Jetty's default servlet: small ones are cached, large ones are
/// streamed, none is memory-mapped (a page fault would block in a place where garbage collection
/// waits).
///
/// Jetty's own ETag contains the file's path, which differs between workers that unpacked the same
/// WAR; a browser would fetch everything again from each. Ours is made of time and length alone.
final class StaticContent implements HttpContent.Factory {
    private static final int FILE_BYTES_MAX = 256 * 1024;
    private static final int CACHE_BYTES_MAX = 8 * 1024 * 1024;
    private static final int CACHED_FILES_MAX = 1024;
    private static final int CHUNK_BYTES = 32 * 1024;
    private static final long VALID_FOR_MILLIS = 1_000;

    private final ServletContextHandler context;
    private HttpContent.@Nullable Factory files;

    StaticContent(ServletContextHandler context) {
        this.context = context;
    }

    /// Null if there is no such file: Jetty's contract.
    @Override
    @SuppressWarnings("NullAway") // Jetty's interface is not annotated
    public HttpContent getContent(String path) throws IOException {
        return files().getContent(path);
    }

    /// Made late: only a started context knows all its resources, those inside its jars included.
    private synchronized HttpContent.Factory files() {
        if (files == null) {
            var pool =
                    new ByteBufferPool.Sized(
                            context.getServer().getByteBufferPool(), true, CHUNK_BYTES);
            var plain =
                    new ResourceHttpContentFactory(
                            context.getBaseResource(), context.getMimeTypes(), pool);
            var cache =
                    new ValidatingCachingHttpContentFactory(
                            path -> tagged(plain.getContent(path)), VALID_FOR_MILLIS, pool);
            cache.setMaxCachedFileSize(FILE_BYTES_MAX);
            cache.setMaxCacheSize(CACHE_BYTES_MAX);
            cache.setMaxCachedFiles(CACHED_FILES_MAX);
            files = cache;
        }
        return files;
    }

    @SuppressWarnings("NullAway") // null in, null out: Jetty's contract
    private static HttpContent tagged(@Nullable HttpContent content) {
        return content == null ? null : new Tagged(content);
    }

    private static final class Tagged extends HttpContent.Wrapper {
        private final HttpField tag;

        Tagged(HttpContent content) {
            super(content);
            var time = Long.toHexString(content.getLastModifiedInstant().toEpochMilli());
            var length = Long.toHexString(content.getContentLengthValue());
            // no hyphen: Jetty takes what follows one for the name of a compression
            tag = new HttpField(HttpHeader.ETAG, "W/\"" + time + "." + length + "\"");
        }

        @Override
        public HttpField getETag() {
            return tag;
        }

        /// None, so there is nothing that varies.
        @Override
        public Set<CompressedContentFormat> getPreCompressedContentFormats() {
            return Set.of();
        }
    }
}
