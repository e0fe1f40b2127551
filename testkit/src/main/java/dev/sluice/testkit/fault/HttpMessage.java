package dev.sluice.testkit.fault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A request or a response of HTTP/1.1, read to its end.
 *
 * @param start the first line, without its line end
 * @param headers the header lines as they came
 * @param body the body, without chunks, still compressed if it came so; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of the wire; nothing compares messages.
record HttpMessage(String start, List<String> headers, byte[] body) {
    private static final String LENGTH = "content-length";
    private static final String ENCODING = "content-encoding";
    private static final String TRANSFER = "transfer-encoding";

    HttpMessage {
        headers = List.copyOf(headers);
    }

    /** Makes a response. */
    static HttpMessage response(int status, List<String> headers, String body) {
        return new HttpMessage("HTTP/1.1 " + status + " -", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a request; empty where the client has closed the connection before it. */
    static Optional<HttpMessage> readRequest(InputStream in, OutputStream back) throws IOException {
        Optional<HttpMessage> head = readHead(in);
        if (head.isEmpty()) {
            return head;
        }
        if (head.get().header("expect").isPresent()) {
            back.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return Optional.of(head.get().withBody(head.get().readBody(in)));
    }

    /** Reads the response to a request. */
    static HttpMessage readResponse(InputStream in, HttpMessage request) throws IOException {
        HttpMessage head = readHead(in).orElseThrow(() -> new EOFException("The server closed the connection."));
        boolean hasBody = !request.method().equals("HEAD") && head.status() != 204 && head.status() != 304;
        return hasBody ? head.withBody(head.readBody(in)) : head;
    }

    private static Optional<HttpMessage> readHead(InputStream in) throws IOException {
        Optional<String> start = readLine(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        List<String> headers = new ArrayList<>();
        String line = requireLine(in);
        while (!line.isEmpty()) {
            headers.add(line);
            line = requireLine(in);
        }
        return Optional.of(new HttpMessage(start.get(), headers, new byte[0]));
    }

    private byte[] readBody(InputStream in) throws IOException {
        if (header(TRANSFER)
                .filter(coding -> coding.equalsIgnoreCase("chunked"))
                .isPresent()) {
            return readChunks(in);
        }
        int length = header(LENGTH).map(Integer::parseInt).orElse(0);
        return requireBytes(in, length);
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(requireLine(in).split(";", 2)[0].strip(), 16);
            body.write(requireBytes(in, length));
            String end = requireLine(in);
            if (length == 0) {
                return body.toByteArray();
            }
            assert end.isEmpty();
        }
    }

    private static byte[] requireBytes(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended after " + bytes.length + " of " + length + " bytes.");
        }
        return bytes;
    }

    private static String requireLine(InputStream in) throws IOException {
        return readLine(in).orElseThrow(() -> new EOFException("The connection ended within a message."));
    }

    /** Reads up to a line end; the stream is buffered, so single bytes cost little. */
    private static Optional<String> readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return Optional.empty();
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
    }

    String method() {
        return start.substring(0, start.indexOf(' '));
    }

    /** Returns path and query of a request. */
    String target() {
        return start.substring(start.indexOf(' ') + 1, start.lastIndexOf(' '));
    }

    /** Returns the status of a response. */
    int status() {
        return Integer.parseInt(start.split(" ", 3)[1]);
    }

    /** Returns a header's value. */
    Optional<String> header(String name) {
        return headers.stream()
                .filter(line -> isNamed(line, name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static boolean isNamed(String line, String name) {
        return line.substring(0, line.indexOf(':'))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(name);
    }

    HttpMessage withBody(byte[] bytes) {
        return new HttpMessage(start, headers, bytes);
    }

    /** Returns the same with another body as it is, uncompressed. */
    HttpMessage withText(String text) {
        List<String> others =
                headers.stream().filter(line -> !isNamed(line, ENCODING)).toList();
        return new HttpMessage(start, others, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the body as text, uncompressed. */
    String text() throws IOException {
        if (header(ENCODING).filter(coding -> coding.equalsIgnoreCase("gzip")).isEmpty()) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes the message with its length instead of chunks; without one where a HEAD or its kind asked. */
    void write(OutputStream out) throws IOException {
        byte[] bytes = bytes();
        out.write(bytes);
        out.flush();
    }

    /** Returns the whole message as it goes over the wire. */
    byte[] bytes() throws IOException {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        headers.stream()
                .filter(line -> !isNamed(line, TRANSFER) && !isNamed(line, "expect"))
                .filter(line -> !isNamed(line, LENGTH) || body.length == 0)
                .forEach(line -> head.append(line).append("\r\n"));
        if (body.length > 0 || header(LENGTH).isEmpty()) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.write(body);
        return whole.toByteArray();
    }
}
