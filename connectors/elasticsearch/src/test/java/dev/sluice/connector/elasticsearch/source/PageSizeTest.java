package dev.sluice.connector.elasticsearch.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PageSizeTest {
    @Test
    void followsTheSizeOfDocuments() {
        PageSize size = new PageSize(2_000, 1 << 20);
        assertThat(size.documents()).isEqualTo(10);
        size.answered(10, 10 * 1_024);
        assertThat(size.documents()).isEqualTo(1_024);
        size.answered(1_000, 1_000 * 10);
        assertThat(size.documents()).isEqualTo(2_000);
        size.answered(1, 5 << 20);
        assertThat(size.documents()).isEqualTo(1);
        size.answered(0, 100);
        assertThat(size.documents()).isEqualTo(1);
    }

    @Test
    void shrinksDownToOne() {
        PageSize size = new PageSize(5, 1 << 20);
        assertThat(size.documents()).isEqualTo(5);
        assertThat(size.shrink()).isTrue();
        assertThat(size.documents()).isEqualTo(1);
        assertThat(size.shrink()).isFalse();
    }
}
