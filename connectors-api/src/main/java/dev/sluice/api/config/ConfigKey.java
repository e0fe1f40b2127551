package dev.sluice.api.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Defines one setting: its name, type, default, limits and all that is said about it. Write it as one expression:
 *
 * <pre>{@code
 * static final ConfigKey<Integer> BATCH_SIZE = ConfigKey.integer("batch.size")
 *         .defaultsTo(2000)
 *         .check(Check.atLeast(1))
 *         .doc("Lines per poll at most.")
 *         .importance(Importance.LOW);
 * }</pre>
 *
 * <p>A key is required unless it {@linkplain #defaultsTo has a default} or is {@linkplain #optional() optional}.
 * Immutable: each method that changes something returns a copy. Names are lower case with dots and end in the unit.
 *
 * @param <T> the class of the values
 */
public final class ConfigKey<T> {

    /** Stands for "no place in its group was asked for": the order of the keys in the spec decides. */
    public static final int NO_ORDER = -1;

    private final ConfigKeyFacts<T> facts;

    private ConfigKey(ConfigKeyFacts<T> facts) {
        this.facts = facts;
    }

    /**
     * Defines a setting of any type.
     *
     * @param name the name, not blank
     * @param type how its values are read and written
     * @return the key, required, without limits
     */
    public static <T> ConfigKey<T> of(String name, ConfigType<T> type) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Cannot define a setting: its name is blank.");
        }
        return new ConfigKey<>(new ConfigKeyFacts<>(name, Objects.requireNonNull(type, "type")));
    }

    /** Defines a truth value: true or false, in any case. */
    public static ConfigKey<Boolean> bool(String name) {
        return of(name, ScalarTypes.BOOLEAN);
    }

    /** Defines a text. Blanks are kept, and the empty text is a value. */
    public static ConfigKey<String> string(String name) {
        return of(name, ScalarTypes.STRING);
    }

    /** Defines a whole number of 32 bits. */
    public static ConfigKey<Integer> integer(String name) {
        return of(name, ScalarTypes.INT);
    }

    /** Defines a whole number of 16 bits. */
    public static ConfigKey<Short> shortInteger(String name) {
        return of(name, ScalarTypes.SHORT);
    }

    /** Defines a whole number of 64 bits. */
    public static ConfigKey<Long> longInteger(String name) {
        return of(name, ScalarTypes.LONG);
    }

    /** Defines a number with a fraction, 64 bits, finite. */
    public static ConfigKey<Double> decimal(String name) {
        return of(name, ScalarTypes.DOUBLE);
    }

    /**
     * Defines a list of texts, separated by commas, without the blanks around them. The empty text is the empty list;
     * an empty element is a problem.
     *
     * @return the key; its lists are unmodifiable
     */
    public static ConfigKey<List<String>> list(String name) {
        return listOf(name, ScalarTypes.STRING);
    }

    /**
     * Defines a list like {@link #list} whose elements have a type.
     *
     * @param elements how each element is read; its texts contain no comma
     * @return the key; its lists are unmodifiable
     */
    public static <E> ConfigKey<List<E>> listOf(String name, ConfigType<E> elements) {
        return of(name, new ListType<>(elements));
    }

    /** Defines the name or alias of a class. The class is not loaded: who uses the setting resolves it. */
    public static ConfigKey<String> className(String name) {
        return of(name, ScalarTypes.CLASS);
    }

    /** Defines a secret, which appears in no message, answer or {@code toString}. */
    public static ConfigKey<Password> password(String name) {
        return of(name, ScalarTypes.PASSWORD);
    }

    /** Defines a choice among the constants of an enum, written as their names in lower case, read in any case. */
    public static <E extends Enum<E>> ConfigKey<E> enumeration(String name, Class<E> constants) {
        return of(name, new EnumType<>(constants));
    }

    /**
     * Defines a duration: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 1d}, or a plain number of
     * milliseconds, which may be negative (limit it by a check). If the name ends in {@code .ms}, defaults are shown as
     * plain numbers too, and the family is {@link ConfigKind#LONG}.
     */
    public static ConfigKey<Duration> duration(String name) {
        return of(name, name.endsWith(".ms") ? QuantityTypes.DURATION_IN_MILLIS : QuantityTypes.DURATION);
    }

    /**
     * Defines a size in bytes: {@code 64kb}, {@code 10mb}, {@code 1gb}, {@code 1tb} (powers of 1024), or a plain number
     * of bytes, which may be negative (limit it by a check). If the name ends in {@code .bytes}, defaults are shown as
     * plain numbers too, and the family is {@link ConfigKind#LONG}.
     *
     * @return the key; its values count bytes
     */
    public static ConfigKey<Long> size(String name) {
        return of(name, name.endsWith(".bytes") ? QuantityTypes.SIZE_IN_BYTES : QuantityTypes.SIZE);
    }

    /** Defines a regular expression. */
    public static ConfigKey<Pattern> regex(String name) {
        return of(name, ScalarTypes.REGEX);
    }

    /**
     * Defines an address. User and password inside it are hidden in messages; better give them settings of their own.
     */
    public static ConfigKey<URI> uri(String name) {
        return of(name, ScalarTypes.URI_TYPE);
    }

    /**
     * Sets the value that holds when the setting is left out. The key is no longer required.
     *
     * @param value a value that passes the checks
     * @throws IllegalArgumentException if a check refuses the value or the type cannot write it
     */
    public ConfigKey<T> defaultsTo(T value) {
        Objects.requireNonNull(value, "value");
        requireWritable(value);
        facts.checks.forEach(check -> requireAccepted(check, value));
        return with(copy -> {
            copy.defaultValue = value;
            copy.required = false;
        });
    }

    private void requireWritable(T value) {
        Objects.requireNonNull(facts.type.format(value), "the text of the default");
    }

    /** Lets the setting be left out without a default; read it by {@link Config#find}. */
    public ConfigKey<T> optional() {
        return with(copy -> {
            copy.defaultValue = null;
            copy.required = false;
        });
    }

    /**
     * Limits the values; several checks must all pass, and each that does not is reported.
     *
     * @throws IllegalArgumentException if the default does not pass
     */
    public ConfigKey<T> check(Check<? super T> check) {
        T value = facts.defaultValue;
        if (value != null) {
            requireAccepted(check, value);
        }
        return with(copy -> copy.checks = appended(copy.checks, check));
    }

    private void requireAccepted(Check<? super T> check, T value) {
        if (!check.accepts(value)) {
            throw new IllegalArgumentException(
                    "Cannot define setting " + facts.name + ": its default must be " + check.words() + ".");
        }
    }

    /**
     * Describes the setting.
     *
     * @param doc plain sentences; the first one says what the setting is for
     */
    public ConfigKey<T> doc(String doc) {
        return with(copy -> copy.doc = doc);
    }

    /** Sets how much the setting matters; {@link Importance#MEDIUM} otherwise. */
    public ConfigKey<T> importance(Importance importance) {
        return with(copy -> copy.importance = importance);
    }

    /**
     * Puts the setting under a heading.
     *
     * @param group the heading, such as {@code Reading}
     */
    public ConfigKey<T> group(String group) {
        return with(copy -> copy.group = group);
    }

    /**
     * Gives the setting a place in its group. Leave it out where the order of the keys in the spec is right.
     *
     * @param order smaller stands first
     */
    public ConfigKey<T> orderInGroup(int order) {
        return with(copy -> copy.orderInGroup = order);
    }

    /** Sets how wide a form's field is; {@link Width#NONE} otherwise. */
    public ConfigKey<T> width(Width width) {
        return with(copy -> copy.width = width);
    }

    /** Sets what a form calls the setting; its name otherwise. */
    public ConfigKey<T> displayName(String displayName) {
        return with(copy -> copy.displayName = displayName);
    }

    /**
     * Names settings whose recommended values or visibility depend on this one.
     *
     * @param names names of other settings of the same spec
     */
    public ConfigKey<T> dependents(String... names) {
        List<String> copied = List.of(names);
        return with(copy -> copy.dependents = copied);
    }

    /**
     * Proposes values in view of the other settings.
     *
     * @param recommender proposes and decides about visibility
     */
    public ConfigKey<T> recommender(Recommender recommender) {
        return with(copy -> copy.recommender = recommender);
    }

    /**
     * Understands one more name for the setting: an earlier one, or that of another system. Its use is noted.
     *
     * @param alias the other name
     */
    public ConfigKey<T> alias(String alias) {
        return with(copy -> copy.aliases = appended(copy.aliases, alias));
    }

    /**
     * Marks the setting as one that goes away; setting it gives a warning.
     *
     * @param advice a sentence that says what to do instead, such as {@code Use batch.size.}
     */
    public ConfigKey<T> deprecated(String advice) {
        return with(copy -> copy.deprecation = advice);
    }

    /** Keeps the setting out of reference pages and forms. It is read and checked like any other. */
    public ConfigKey<T> internal() {
        return with(copy -> copy.internal = true);
    }

    /**
     * Leaves the setting out of answers to validations unless it was given or asked for. For plugins that bear the name of one of
     * Kafka Connect's: clients compare the names that they are answered with those that they know.
     */
    public ConfigKey<T> extended() {
        return with(copy -> copy.extended = true);
    }

    /** Hides the values of a setting that is no password but may contain one, such as a connection string. */
    public ConfigKey<T> secret() {
        return with(copy -> copy.secret = true);
    }

    /** Returns the name. */
    public String name() {
        return facts.name;
    }

    /** Returns how values are read and written. */
    public ConfigType<T> type() {
        return facts.type;
    }

    /**
     * Returns whether the setting must be given.
     *
     * @return true unless it has a default or is optional
     */
    public boolean isRequired() {
        return facts.required;
    }

    /**
     * Returns the value that holds when the setting is left out.
     *
     * @return empty if there is none
     */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(facts.defaultValue);
    }

    /**
     * Returns the text of the default.
     *
     * @return empty if there is none; {@link Password#HIDDEN} for a secret
     */
    public Optional<String> defaultText() {
        return defaultValue().map(value -> isSecret() ? Password.HIDDEN : facts.type.format(value));
    }

    /**
     * Returns the limits in the order given.
     *
     * @return unmodifiable, may be empty
     */
    public List<Check<? super T>> checks() {
        return facts.checks;
    }

    /**
     * Returns the description.
     *
     * @return empty text if there is none
     */
    public String doc() {
        return facts.doc;
    }

    /** Returns how much the setting matters. */
    public Importance importance() {
        return facts.importance;
    }

    /**
     * Returns the heading.
     *
     * @return empty if there is none
     */
    public Optional<String> group() {
        return Optional.ofNullable(facts.group);
    }

    /**
     * Returns the place in the group that was asked for.
     *
     * @return {@link #NO_ORDER} if none was; see {@link ConfigSpec#orderInGroup}
     */
    public int orderInGroup() {
        return facts.orderInGroup;
    }

    /** Returns how wide a form's field is. */
    public Width width() {
        return facts.width;
    }

    /**
     * Returns what a form calls the setting.
     *
     * @return the name if nothing was given
     */
    public String displayName() {
        String given = facts.displayName;
        return given == null ? facts.name : given;
    }

    /**
     * Returns the names of the settings that depend on this one.
     *
     * @return unmodifiable, may be empty
     */
    public List<String> dependents() {
        return facts.dependents;
    }

    /**
     * Returns what proposes values.
     *
     * @return empty if nothing does
     */
    public Optional<Recommender> recommender() {
        return Optional.ofNullable(facts.recommender);
    }

    /**
     * Returns the other names.
     *
     * @return unmodifiable, may be empty
     */
    public List<String> aliases() {
        return facts.aliases;
    }

    /**
     * Returns what to do instead of setting it.
     *
     * @return empty if the setting is not deprecated
     */
    public Optional<String> deprecation() {
        return Optional.ofNullable(facts.deprecation);
    }

    /**
     * Returns whether reference pages and forms leave the setting out.
     *
     * @return false unless {@link #internal()} was asked for
     */
    public boolean isInternal() {
        return facts.internal;
    }

    /**
     * Returns whether answers leave it out that list what Kafka Connect has.
     *
     * @return false unless {@link #extended()} was asked for
     */
    public boolean isExtended() {
        return facts.extended;
    }

    /**
     * Returns whether values must be hidden wherever they could be seen.
     *
     * @return true for secret types and after {@link #secret()}
     */
    public boolean isSecret() {
        return facts.secret || facts.type.isSecret();
    }

    /** Returns the key as it is called within a larger spec: names get a prefix, the recommender sees its part. */
    ConfigKey<T> prefixed(String prefix) {
        Recommender own = facts.recommender;
        return with(copy -> {
            copy.name = prefix + copy.name;
            copy.aliases = copy.aliases.stream().map(prefix::concat).toList();
            copy.dependents = copy.dependents.stream().map(prefix::concat).toList();
            copy.recommender = own == null ? null : new PrefixedRecommender(prefix, own);
        });
    }

    private ConfigKey<T> with(Consumer<ConfigKeyFacts<T>> change) {
        return new ConfigKey<>(facts.with(change));
    }

    private static <E> List<E> appended(List<E> list, E element) {
        List<E> longer = new ArrayList<>(list);
        longer.add(Objects.requireNonNull(element, "element"));
        return List.copyOf(longer);
    }

    /** Returns name and type, never a value. */
    @Override
    public String toString() {
        return facts.name + " (" + facts.type.words() + ")";
    }
}
