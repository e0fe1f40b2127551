package dev.sluice.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(1_000);

    @Test
    void aTaskThatIsAloneMayHoldAllOfIt() {
        ByteBudget.Account only = budget.open();

        assertThat(only.free()).isEqualTo(1_000);
        only.hold(1_000);
        assertThat(only.free()).isZero();
        only.hold(0);
        assertThat(only.free()).isEqualTo(1_000);
    }

    @Test
    void aTaskThatTakesAllItCanLeavesEachOtherItsShare() {
        ByteBudget.Account greedy = budget.open();
        List<ByteBudget.Account> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(budget.open());
        }
        greedy.hold(greedy.free());

        assertThat(greedy.free()).isZero();
        for (ByteBudget.Account other : others) {
            assertThat(other.free()).isEqualTo(100);
            other.hold(other.free());
        }
        greedy.hold(0);
        assertThat(others.get(0).free()).isEqualTo(500);
    }

    @Test
    void aRecordLargerThanAllIsCountedAndGivenBack() {
        ByteBudget.Account one = budget.open();
        ByteBudget.Account other = budget.open();
        one.hold(5_000);

        assertThat(one.free()).isZero();
        assertThat(other.free()).isEqualTo(250);
        one.hold(0);
        assertThat(budget.common()).isZero();
    }

    @Test
    void whatAClosedTaskHeldIsFreeAgain() {
        ByteBudget.Account gone = budget.open();
        ByteBudget.Account stays = budget.open();
        gone.hold(750);
        gone.close();
        gone.hold(10); // An append that completes late.
        gone.close();

        assertThat(stays.free()).isEqualTo(1_000);
    }

    @Test
    void aTaskHoldsWhatIsCountedNowWhoeverSetsItLast() throws InterruptedException {
        ByteBudget.Account account = budget.open();
        AtomicLong inFlight = new AtomicLong();
        Semaphore appended = new Semaphore(0);
        Thread log = new Thread(() -> {
            for (int i = 0; i < 20_000; i++) {
                appended.acquireUninterruptibly();
                inFlight.addAndGet(-1_000);
                account.hold(inFlight::get);
            }
        });
        log.start();
        for (int i = 0; i < 20_000; i++) {
            inFlight.addAndGet(1_000);
            appended.release();
            account.hold(inFlight::get);
        }
        log.join();

        assertThat(account.free()).isEqualTo(1_000);
    }

    @Test
    void nothingLeaksHoweverTasksComeAndGo() {
        long seed = System.nanoTime();
        System.out.println("ByteBudgetTest seed " + seed);
        Random random = new Random(seed);
        List<ByteBudget.Account> open = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int choice = random.nextInt(10);
            if (open.isEmpty() || choice == 0) {
                open.add(budget.open());
            } else if (choice == 1) {
                open.remove(random.nextInt(open.size())).close();
            } else {
                open.get(random.nextInt(open.size())).hold(random.nextInt(300));
            }
            for (ByteBudget.Account account : open) {
                account.hold(Math.min(random.nextInt(100), account.free()));
            }
        }
        open.forEach(ByteBudget.Account::close);

        assertThat(budget.common()).isZero();
    }
}
