package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Ledger<Integer> LEDGER = Ledger.expecting(List.of(1, 2, 3, 4, 5, 6));

    @Test
    void acceptsEverythingOnceInOrder() {
        assertThatCode(() -> LEDGER.verifyRuns(List.of(List.of(1, 2, 3), List.of(), List.of(4, 5, 6))))
                .doesNotThrowAnyException();
        assertThatCode(() -> LEDGER.verify(List.of(1, 2, 3, 4, 5, 6), 0)).doesNotThrowAnyException();
    }

    @Test
    void acceptsTheLastStretchAgainAfterARestart() {
        Ledger<Integer> lenient = LEDGER.doublesAtMost(2);
        assertThatCode(() -> lenient.verifyRuns(List.of(List.of(1, 2, 3), List.of(2, 3), List.of(2, 3, 4, 5, 6))))
                .doesNotThrowAnyException();
        assertThatCode(() -> lenient.verify(List.of(1, 2, 3, 2, 3, 4, 5, 6), 1)).doesNotThrowAnyException();
    }

    @Test
    void findsLostRecords() {
        assertThatThrownBy(() -> LEDGER.verifyRuns(List.of(List.of(1, 2, 3), List.of(5, 6))))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Run 1 begins with 5, expected was 4: lost or out of order.");
        assertThatThrownBy(() -> LEDGER.verifyRuns(List.of(List.of(1, 2, 4))))
                .hasMessage("Run 0 has 4, expected was 3: lost or out of order.");
        assertThatThrownBy(() -> LEDGER.verify(List.of(1, 2, 4, 5, 6), 9))
                .hasMessage("Out came 4, expected was 3: lost or out of order.");
    }

    @Test
    void findsALostEnd() {
        assertThatThrownBy(() -> LEDGER.verify(List.of(1, 2, 3, 4), 0))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Lost are 2 of 6 records, from 5 on.");
        assertThatThrownBy(() -> LEDGER.verifyRuns(List.of())).hasMessage("Lost are 6 of 6 records, from 1 on.");
    }

    @Test
    void findsDoublesWithoutARestart() {
        assertThatThrownBy(() -> LEDGER.doublesAtMost(3).verifyRuns(List.of(List.of(1, 2, 2, 3, 4, 5, 6))))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Run 0 has 2, expected was 3: lost or out of order.");
        assertThatThrownBy(() -> LEDGER.doublesAtMost(3).verify(List.of(1, 2, 2, 3, 2, 3, 4, 5, 6), 1))
                .hasMessage("Out came 2 again or out of order: jump 2, allowed are 1.");
    }

    @Test
    void findsARestartThatGoesTooFarBack() {
        assertThatThrownBy(() -> LEDGER.doublesAtMost(2).verifyRuns(List.of(List.of(1, 2, 3), List.of(1, 2, 3))))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Run 1 begins with 1, record 0, which is 3 records back; a restart may go back 2.");
    }

    @Test
    void findsRecordsThatNeverWentIn() {
        assertThatThrownBy(() -> LEDGER.verify(List.of(1, 2, 77), 0))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Out came 77, which never went in.");
        assertThatThrownBy(() -> LEDGER.verifyRuns(List.of(List.of(1, 2, 3, 4, 5, 6, 7))))
                .hasMessage("Out came 7, which never went in.");
    }

    @Test
    void refusesExpectedRecordsThatCannotBeTold() {
        assertThatThrownBy(() -> Ledger.expecting(List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot keep a ledger: a is expected twice, so doubles could not be told."
                        + " Make the expected records distinct.");
    }
}
