package dev.sluice.connector.jdbc.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.jdbc.table.ColumnType;
import java.sql.Types;
import org.junit.jupiter.api.Test;

class CatalogTest {
    @Test
    void readsTheDigitsOfANumericFromItsModifier() {
        assertThat(Catalog.type("numeric", 655_366)).isEqualTo(new ColumnType(Types.NUMERIC, "numeric", 10, 2));
        assertThat(Catalog.type("_numeric", 655_366)).isEqualTo(new ColumnType(Types.NUMERIC, "_numeric", 10, 2));
        int minusThree = (5 << 16 | (-3 & 0x7FF)) + 4;
        assertThat(Catalog.type("numeric", minusThree)).isEqualTo(new ColumnType(Types.NUMERIC, "numeric", 5, -3));
        assertThat(Catalog.type("numeric", -1).size()).isZero();
    }

    @Test
    void readsTheLengthOfBitsAlone() {
        assertThat(Catalog.type("bit", 1).size()).isEqualTo(1);
        assertThat(Catalog.type("varchar", 14).size()).isZero();
    }
}
