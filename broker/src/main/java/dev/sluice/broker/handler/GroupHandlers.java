package dev.sluice.broker.handler;

import dev.sluice.broker.group.GroupService;
import java.util.List;

/** The list of all requests about groups. */
final class GroupHandlers {
    private GroupHandlers() {}

    static List<Handler<?>> of(Backend backend) {
        GroupService groups = backend.broker().groupService();
        return List.of(
                new FindCoordinatorHandler(backend),
                new JoinGroupHandler(groups),
                new SyncGroupHandler(groups),
                new HeartbeatHandler(groups),
                new LeaveGroupHandler(groups),
                new ConsumerGroupHeartbeatHandler(groups),
                new OffsetCommitHandler(backend),
                new OffsetFetchHandler(backend),
                new OffsetDeleteHandler(backend),
                new ListGroupsHandler(groups),
                new DescribeGroupsHandler(groups),
                new ConsumerGroupDescribeHandler(groups),
                new DeleteGroupsHandler(groups));
    }
}
