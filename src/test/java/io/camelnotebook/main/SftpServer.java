package io.camelnotebook.main;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** A real SFTP server of a folder, on a free port of 127.0.0.1; it may go down and come back. It lets one user in. */
final class SftpServer implements AutoCloseable {

    static final String USER = "ann";

    private final Path folder;
    private final Path key;
    private final String password;
    private final int port;
    private SshServer server;
    private volatile boolean full;

    SftpServer(Path folder, String password) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("sftp"));
        this.key = folder.resolve("host.key");
        this.password = password;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = SshServer.setUpDefaultServer();
    }

    SftpServer start() throws IOException {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(key));
        server.setPasswordAuthenticator((user, given, session) -> user.equals(USER) && given.equals(password));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder()
                .withFileSystemAccessor(new Disk())
                .build()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        server.start();
        return this;
    }

    int port() {
        return port;
    }

    /** Whether there is no room for another file. */
    void setFull(boolean full) {
        this.full = full;
    }

    /** Its URI without secrets, for a client that finds out at once that it is down. */
    String uri() {
        return uri(port);
    }

    /** The same through another port. */
    String uri(int port) {
        return "sftp:127.0.0.1:" + port + "/in?username=" + USER
                + "&useUserKnownHostsFile=false&maximumReconnectAttempts=0&connectTimeout=2000&soTimeout=2000";
    }

    Path folder() {
        return folder.resolve("in");
    }

    @Override
    public void close() throws IOException {
        server.close(true);
    }

    /** A folder whose disk may be full. */
    private final class Disk implements SftpFileSystemAccessor {

        @Override
        public SeekableByteChannel openFile(
                SftpSubsystemProxy subsystem,
                FileHandle fileHandle,
                Path file,
                String handle,
                Set<? extends OpenOption> options,
                FileAttribute<?>... attributes)
                throws IOException {
            if (full && options.contains(StandardOpenOption.WRITE)) {
                throw new FileSystemException(file.toString(), null, "No space left on device");
            }
            return SftpFileSystemAccessor.super.openFile(subsystem, fileHandle, file, handle, options, attributes);
        }
    }
}
