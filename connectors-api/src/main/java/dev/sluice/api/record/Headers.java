package dev.sluice.api.record;

import dev.sluice.api.data.SchemaAndValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The headers of a record in order: an immutable multi-map. Changing methods return copies. */
public final class Headers implements Iterable<Header> {
    /** No headers. */
    public static final Headers EMPTY = new Headers(List.of());

    private final List<Header> all;

    private Headers(List<Header> all) {
        this.all = all;
    }

    /** Returns headers in the given order. */
    public static Headers of(List<Header> headers) {
        return headers.isEmpty() ? EMPTY : new Headers(List.copyOf(headers));
    }

    /** Returns headers in the given order. */
    public static Headers of(Header... headers) {
        return of(List.of(headers));
    }

    /** Returns a copy with one more header at the end. */
    public Headers with(Header header) {
        List<Header> more = new ArrayList<>(all);
        more.add(header);
        return new Headers(List.copyOf(more));
    }

    /** Returns a copy with one more text header at the end. */
    public Headers with(String key, String value) {
        return with(new Header(key, SchemaAndValue.string(value)));
    }

    /** Returns a copy without any header of that name. */
    public Headers without(String key) {
        return of(all.stream().filter(header -> !header.key().equals(key)).toList());
    }

    /** Returns a copy in which every header was replaced. */
    public Headers map(UnaryOperator<Header> change) {
        return of(all.stream().map(change).toList());
    }

    /** Returns the value of the last header of that name, or empty. */
    public Optional<SchemaAndValue> last(String key) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).key().equals(key)) {
                return Optional.of(all.get(i).value());
            }
        }
        return Optional.empty();
    }

    /** Returns all headers of that name in order; empty if there are none. */
    public List<Header> all(String key) {
        return all.stream().filter(header -> header.key().equals(key)).toList();
    }

    /** Returns all headers in order. */
    public List<Header> toList() {
        return all;
    }

    /** Returns the number of headers. */
    public int size() {
        return all.size();
    }

    /** Returns whether there are no headers. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Override
    public Iterator<Header> iterator() {
        return all.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return "Headers" + all.stream().map(Header::key).toList();
    }
}
