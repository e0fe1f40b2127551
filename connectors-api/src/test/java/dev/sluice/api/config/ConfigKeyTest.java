package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {

    @Test
    void isRequiredUntilItHasADefaultOrIsOptional() {
        assertThat(ConfigKey.string("a").isRequired()).isTrue();
        assertThat(ConfigKey.string("a").defaultsTo("x").isRequired()).isFalse();
        assertThat(ConfigKey.string("a").optional().isRequired()).isFalse();
        assertThat(ConfigKey.string("a").defaultsTo("x").optional().defaultValue())
                .isEmpty();
    }

    @Test
    void holdsAllThatIsSaidAboutASetting() {
        Recommender recommender = config -> List.of("x");
        ConfigKey<String> key = ConfigKey.string("a.b")
                .doc("What it does.")
                .importance(Importance.HIGH)
                .group("Reading")
                .orderInGroup(3)
                .width(Width.LONG)
                .displayName("A and B")
                .dependents("c", "d")
                .recommender(recommender)
                .alias("old")
                .alias("older")
                .deprecated("Use c.")
                .internal()
                .secret();

        assertThat(key.name()).isEqualTo("a.b");
        assertThat(key.doc()).isEqualTo("What it does.");
        assertThat(key.importance()).isEqualTo(Importance.HIGH);
        assertThat(key.group()).contains("Reading");
        assertThat(key.orderInGroup()).isEqualTo(3);
        assertThat(key.width()).isEqualTo(Width.LONG);
        assertThat(key.displayName()).isEqualTo("A and B");
        assertThat(key.dependents()).containsExactly("c", "d");
        assertThat(key.recommender()).contains(recommender);
        assertThat(key.aliases()).containsExactly("old", "older");
        assertThat(key.deprecation()).contains("Use c.");
        assertThat(key.isInternal()).isTrue();
        assertThat(key.isSecret()).isTrue();
    }

    @Test
    void saysNothingThatItWasNotTold() {
        ConfigKey<Integer> key = ConfigKey.integer("a");

        assertThat(key.doc()).isEmpty();
        assertThat(key.importance()).isEqualTo(Importance.MEDIUM);
        assertThat(key.group()).isEmpty();
        assertThat(key.orderInGroup()).isEqualTo(ConfigKey.NO_ORDER);
        assertThat(key.width()).isEqualTo(Width.NONE);
        assertThat(key.displayName()).isEqualTo("a");
        assertThat(key.defaultText()).isEmpty();
        assertThat(key).hasToString("a (a whole number between -2147483648 and 2147483647)");
    }

    @Test
    void staysAsItIsWhenACopyIsMade() {
        ConfigKey<Integer> key = ConfigKey.integer("a");
        ConfigKey<Integer> copy = key.defaultsTo(1).check(Check.atLeast(1)).alias("b");

        assertThat(key.isRequired()).isTrue();
        assertThat(key.checks()).isEmpty();
        assertThat(key.aliases()).isEmpty();
        assertThat(copy.checks()).hasSize(1);
    }

    @Test
    void refusesADefaultThatItsChecksRefuse() {
        String message = "Cannot define setting a: its default must be at least 1.";

        assertThatThrownBy(() -> ConfigKey.integer("a").defaultsTo(0).check(Check.atLeast(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> ConfigKey.integer("a").check(Check.atLeast(1)).defaultsTo(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesABlankName() {
        assertThatThrownBy(() -> ConfigKey.bool(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot define a setting: its name is blank.");
    }

    @Test
    void belongsToTheFamilyThatItsTextsHave() {
        assertThat(List.of(
                        ConfigKey.bool("a"),
                        ConfigKey.string("a"),
                        ConfigKey.integer("a"),
                        ConfigKey.shortInteger("a"),
                        ConfigKey.longInteger("a"),
                        ConfigKey.decimal("a"),
                        ConfigKey.list("a"),
                        ConfigKey.className("a"),
                        ConfigKey.password("a")))
                .extracting(key -> key.type().kind())
                .containsExactly(ConfigKind.values());
    }

    @Test
    void takesItsPlaceInItsGroup() {
        ConfigKey<String> first = ConfigKey.string("a").group("G");
        ConfigKey<String> second = ConfigKey.string("b").group("G");
        ConfigKey<String> placed = ConfigKey.string("c").group("G").orderInGroup(9);
        ConfigKey<String> alone = ConfigKey.string("d");
        ConfigSpec spec = ConfigSpec.of(first, alone, second, placed);

        assertThat(spec.orderInGroup(first)).isEqualTo(1);
        assertThat(spec.orderInGroup(second)).isEqualTo(2);
        assertThat(spec.orderInGroup(placed)).isEqualTo(9);
        assertThat(spec.orderInGroup(alone)).isEqualTo(ConfigKey.NO_ORDER);
        assertThatThrownBy(() -> spec.orderInGroup(ConfigKey.string("e").group("G")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot place setting e: it is not of this spec.");
    }
}
