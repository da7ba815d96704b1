//! Teams, channels, business hours and the like: the rows of their operations.

use super::{one, page, same};
use care_testkit::contract::Operation;
use engagement_client::{
    ChannelPatch, CustomFieldOwner, CustomFieldPatch, CustomFieldType, Engagement, FolderPatch, HolidayRegion,
    ListChannels, ListCommunities, ListCustomFields, ListFolders, ListPresenceStatuses, ListTags, ListTeams,
    ListTimeSheets, ListUserCapacities, NewCustomField, NewFolder, NewPresenceStatus, NewTag, NewTeam, NewTimeSheet,
    NewUserCapacity, PresenceStatusPatch, TagPatch, TeamPatch, TimeSheetPatch, UserCapacityPatch, UserId,
};

pub(super) fn operations() -> Vec<Operation<Engagement>> {
    vec![
        Operation::read("engagement.tags.list")
            .sends("GET /1.0/tags?offset=0&limit=150")
            .answers(page("tag.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tags().list(ListTags::new())),
        Operation::read("engagement.tags.list")
            .case("tags, filtered")
            .sends("GET /1.0/tags?ids=a%2Cb&offset=10&limit=5")
            .answers(page("tag.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tags().list(ListTags::new().ids(["a", "b"]).offset(10).limit(5)))
            .marked(|it: Engagement| it.tags().list(ListTags::new().ids(["canary"]))),
        Operation::read("engagement.tags.get")
            .sends("GET /1.0/tags/ID-1")
            .answers(same("tag.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tags().get("ID-1"))
            .marked(|it: Engagement| it.tags().get("canary")),
        Operation::once("engagement.tags.create")
            .sends("POST /1.0/tags?name=red")
            .answers(one("tag.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tags().create(NewTag::named("red")))
            .marked(|it: Engagement| it.tags().create(NewTag::named("canary tag"))),
        Operation::idempotent("engagement.tags.update")
            .sends("PUT /1.0/tags/ID-1?name=blue")
            .answers(same("tag.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tags().update("ID-1", TagPatch::new().name("blue")))
            .marked(|it: Engagement| it.tags().update("canary", TagPatch::new().name("canary tag"))),
        Operation::idempotent("engagement.tags.delete")
            .sends("DELETE /1.0/tags/ID-1")
            .answers(same("tag.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tags().delete("ID-1"))
            .marked(|it: Engagement| it.tags().delete("canary")),
        Operation::read("engagement.teams.list")
            .sends("GET /1.0/teams?offset=0&limit=150")
            .answers(page("team.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.teams().list(ListTeams::new())),
        Operation::read("engagement.teams.get")
            .sends("GET /1.0/teams/ID-1")
            .answers(same("team.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.teams().get("ID-1"))
            .marked(|it: Engagement| it.teams().get("canary")),
        Operation::once("engagement.teams.create")
            .sends(
                "POST /1.0/teams?name=night&leader_ids%5B%5D=u1&user_ids%5B%5D=u1\
                 &user_ids%5B%5D=u2",
            )
            .answers(one("team.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.teams().create(NewTeam::named("night").leaders(["u1"]).users(["u1", "u2"])))
            .marked(|it: Engagement| it.teams().create(NewTeam::named("canary team").users(["canary"]))),
        Operation::idempotent("engagement.teams.update")
            .sends("PUT /1.0/teams/ID-1?name=day&leader_ids%5B%5D=&user_ids%5B%5D=u3")
            .answers(same("team.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.teams().update("ID-1", TeamPatch::new().name("day").leaders(Vec::<UserId>::new()).users(["u3"]))
            })
            .marked(|it: Engagement| it.teams().update("canary", TeamPatch::new().name("canary team"))),
        Operation::idempotent("engagement.teams.delete")
            .sends("DELETE /1.0/teams/ID-1")
            .answers(same("team.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.teams().delete("ID-1"))
            .marked(|it: Engagement| it.teams().delete("canary")),
        Operation::read("engagement.communities.list")
            .sends("GET /1.0/communities?offset=0&limit=150")
            .answers(page("community.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.communities().list(ListCommunities::new())),
        Operation::read("engagement.communities.get")
            .sends("GET /1.0/communities/ID-1")
            .answers(same("community.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.communities().get("ID-1"))
            .marked(|it: Engagement| it.communities().get("canary")),
        Operation::read("engagement.channels.list")
            .sends("GET /1.0/channels?offset=0&limit=150")
            .answers(page("channel.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.channels().list(ListChannels::new())),
        Operation::read("engagement.channels.get")
            .sends("GET /1.0/channels/ID-1")
            .answers(same("channel.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.channels().get("ID-1"))
            .marked(|it: Engagement| it.channels().get("canary")),
        Operation::idempotent("engagement.channels.update")
            .sends(
                "PUT /1.0/channels/ID-1?name=mail&source_ids%5B%5D=s1&soft_capability=2\
                 &hard_capability=4&task_timeout_seconds=60&task_auto_complete_seconds=90\
                 &auto_complete_category_ids%5B%5D=c1&agent_sla=300\
                 &agent_sla_threshold=80",
            )
            .answers(same("channel.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.channels().update(
                    "ID-1",
                    ChannelPatch::new()
                        .name("mail")
                        .sources(["s1"])
                        .soft_capability(2)
                        .hard_capability(4)
                        .task_timeout_seconds(60)
                        .task_auto_complete_seconds(90)
                        .auto_complete_categories(["c1"])
                        .agent_sla(300)
                        .agent_sla_threshold(80),
                )
            })
            .marked(|it: Engagement| it.channels().update("canary", ChannelPatch::new().name("canary channel"))),
        Operation::read("engagement.presence_statuses.list")
            .sends("GET /1.0/presence_status?offset=0&limit=150")
            .answers(page("presence-status.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.presence_statuses().list(ListPresenceStatuses::new())),
        Operation::read("engagement.presence_statuses.get")
            .sends("GET /1.0/presence_status/ID-1")
            .answers(same("presence-status.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.presence_statuses().get("ID-1"))
            .marked(|it: Engagement| it.presence_statuses().get("canary")),
        Operation::once("engagement.presence_statuses.create")
            .sends("POST /1.0/presence_status?name=lunch")
            .answers(one("presence-status.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.presence_statuses().create(NewPresenceStatus::named("lunch")))
            .marked(|it: Engagement| it.presence_statuses().create(NewPresenceStatus::named("canary lunch"))),
        Operation::idempotent("engagement.presence_statuses.update")
            .sends("PUT /1.0/presence_status/ID-1?name=break")
            .answers(same("presence-status.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.presence_statuses().update("ID-1", PresenceStatusPatch::new().name("break")))
            .marked(|it: Engagement| {
                it.presence_statuses().update("canary", PresenceStatusPatch::new().name("canary break"))
            }),
        Operation::idempotent("engagement.presence_statuses.delete")
            .sends("DELETE /1.0/presence_status/ID-1")
            .answers(same("presence-status.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.presence_statuses().delete("ID-1"))
            .marked(|it: Engagement| it.presence_statuses().delete("canary")),
        Operation::read("engagement.folders.list")
            .sends("GET /1.0/folders?offset=0&limit=150")
            .answers(page("folder.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.folders().list(ListFolders::new())),
        Operation::read("engagement.folders.get")
            .sends("GET /1.0/folders/ID-1")
            .answers(same("folder.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.folders().get("ID-1"))
            .marked(|it: Engagement| it.folders().get("canary")),
        Operation::once("engagement.folders.create")
            .sends(
                "POST /1.0/folders?label=mine&parent_id=f0&position=3\
                 &query=assigned_to_me%3Atrue&render_threads_count=true\
                 &role_restriction%5Bonly%5D%5B%5D=r1&team_restriction%5Bonly%5D%5B%5D=t1\
                 &user_restriction%5Bonly%5D%5B%5D=u1",
            )
            .answers(one("folder.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.folders().create(
                    NewFolder::labelled("mine")
                        .parent("f0")
                        .position(3)
                        .query("assigned_to_me:true")
                        .render_threads_count(true)
                        .only_roles(["r1"])
                        .only_teams(["t1"])
                        .only_users(["u1"]),
                )
            })
            .marked(|it: Engagement| it.folders().create(NewFolder::labelled("canary folder").query("canary query"))),
        Operation::idempotent("engagement.folders.update")
            .sends(
                "PUT /1.0/folders/ID-1?label=ours&parent_id=f0&position=3\
                 &query=assigned_to_me%3Atrue&render_threads_count=true\
                 &role_restriction%5Bonly%5D%5B%5D=r1&team_restriction%5Bonly%5D%5B%5D=t1\
                 &user_restriction%5Bonly%5D%5B%5D=u1",
            )
            .answers(same("folder.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.folders().update(
                    "ID-1",
                    FolderPatch::new()
                        .label("ours")
                        .parent("f0")
                        .position(3)
                        .query("assigned_to_me:true")
                        .render_threads_count(true)
                        .only_roles(["r1"])
                        .only_teams(["t1"])
                        .only_users(["u1"]),
                )
            })
            .marked(|it: Engagement| it.folders().update("canary", FolderPatch::new().label("canary folder"))),
        Operation::idempotent("engagement.folders.delete")
            .sends("DELETE /1.0/folders/ID-1")
            .answers(same("folder.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.folders().delete("ID-1"))
            .marked(|it: Engagement| it.folders().delete("canary")),
        Operation::read("engagement.custom_fields.list")
            .sends("GET /1.0/custom_fields?offset=0&limit=150")
            .answers(page("custom-field.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.custom_fields().list(ListCustomFields::new())),
        Operation::read("engagement.custom_fields.get")
            .sends("GET /1.0/custom_fields/ID-1")
            .answers(same("custom-field.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.custom_fields().get("ID-1"))
            .marked(|it: Engagement| it.custom_fields().get("canary")),
        Operation::once("engagement.custom_fields.create")
            .sends(
                "POST /1.0/custom_fields?associated_type_name=Intervention&label=Order\
                 &key=order&type=single_choice&multiple=false&choices%5B%5D=a\
                 &choices%5B%5D=b&position=-1&read_only=true",
            )
            .answers(one("custom-field.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.custom_fields().create(
                    NewCustomField::of(CustomFieldOwner::Intervention, "Order")
                        .key("order")
                        .kind(CustomFieldType::SingleChoice)
                        .multiple(false)
                        .choices(["a", "b"])
                        .position(-1)
                        .read_only(true),
                )
            })
            .marked(|it: Engagement| {
                it.custom_fields()
                    .create(NewCustomField::of(CustomFieldOwner::Intervention, "canary label").key("canary"))
            }),
        Operation::idempotent("engagement.custom_fields.update")
            .sends(
                "PUT /1.0/custom_fields/ID-1?label=Orders&choices%5B%5D=a&position=1\
                 &read_only=false",
            )
            .answers(same("custom-field.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.custom_fields()
                    .update("ID-1", CustomFieldPatch::new().label("Orders").choices(["a"]).position(1).read_only(false))
            })
            .marked(|it: Engagement| {
                it.custom_fields().update("canary", CustomFieldPatch::new().label("canary label"))
            }),
        Operation::idempotent("engagement.custom_fields.delete")
            .sends("DELETE /1.0/custom_fields/ID-1")
            .answers(same("custom-field.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.custom_fields().delete("ID-1"))
            .marked(|it: Engagement| it.custom_fields().delete("canary")),
        Operation::read("engagement.time_sheets.list")
            .sends("GET /1.0/time_sheets?offset=0&limit=150")
            .answers(page("time-sheet.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.time_sheets().list(ListTimeSheets::new())),
        Operation::read("engagement.time_sheets.get")
            .sends("GET /1.0/time_sheets/ID-1")
            .answers(same("time-sheet.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.time_sheets().get("ID-1"))
            .marked(|it: Engagement| it.time_sheets().get("canary")),
        Operation::once("engagement.time_sheets.create")
            .sends(
                "POST /1.0/time_sheets?label=office&holidays_region=gb&active=true\
                 &source_ids%5B%5D=s1&monday_hours=32400-43200&tuesday_hours=32400-43200\
                 &wednesday_hours=32400-43200&thursday_hours=32400-43200\
                 &friday_hours=32400-43200&saturday_hours=32400-43200&sunday_hours=\
                 &holidays%5B%5D%5Bdate%5D=12%2F25%2F2024\
                 &holidays%5B%5D%5Bname%5D=Christmas\
                 &holidays%5B%5D%5Bdate%5D=12%2F26%2F2024\
                 &holidays%5B%5D%5Bname%5D=Boxing+Day",
            )
            .answers(one("time-sheet.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.time_sheets().create(
                    NewTimeSheet::labelled("office")
                        .holidays_region(HolidayRegion::Gb)
                        .active(true)
                        .sources(["s1"])
                        .monday_hours("32400-43200")
                        .tuesday_hours("32400-43200")
                        .wednesday_hours("32400-43200")
                        .thursday_hours("32400-43200")
                        .friday_hours("32400-43200")
                        .saturday_hours("32400-43200")
                        .sunday_hours("")
                        .holiday("12/25/2024", "Christmas")
                        .holiday("12/26/2024", "Boxing Day"),
                )
            })
            .marked(|it: Engagement| it.time_sheets().create(NewTimeSheet::labelled("canary hours"))),
        Operation::idempotent("engagement.time_sheets.update")
            .sends(
                "PUT /1.0/time_sheets/ID-1?label=shop&active=true&source_ids%5B%5D=s1\
                 &monday_hours=32400-43200&tuesday_hours=32400-43200\
                 &wednesday_hours=32400-43200&thursday_hours=32400-43200\
                 &friday_hours=32400-43200&saturday_hours=32400-43200&sunday_hours=\
                 &holidays%5B%5D%5Bdate%5D=12%2F25%2F2024\
                 &holidays%5B%5D%5Bname%5D=Christmas\
                 &holidays%5B%5D%5Bdate%5D=12%2F26%2F2024\
                 &holidays%5B%5D%5Bname%5D=Boxing+Day",
            )
            .answers(same("time-sheet.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.time_sheets().update(
                    "ID-1",
                    TimeSheetPatch::new()
                        .label("shop")
                        .active(true)
                        .sources(["s1"])
                        .monday_hours("32400-43200")
                        .tuesday_hours("32400-43200")
                        .wednesday_hours("32400-43200")
                        .thursday_hours("32400-43200")
                        .friday_hours("32400-43200")
                        .saturday_hours("32400-43200")
                        .sunday_hours("")
                        .holiday("12/25/2024", "Christmas")
                        .holiday("12/26/2024", "Boxing Day"),
                )
            })
            .marked(|it: Engagement| it.time_sheets().update("canary", TimeSheetPatch::new().label("canary hours"))),
        Operation::idempotent("engagement.time_sheets.delete")
            .sends("DELETE /1.0/time_sheets/ID-1")
            .answers(same("time-sheet.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.time_sheets().delete("ID-1"))
            .marked(|it: Engagement| it.time_sheets().delete("canary")),
        Operation::read("engagement.user_capacities.list")
            .sends("GET /1.0/user_capacities?offset=0&limit=150")
            .answers(page("user-capacity.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.user_capacities().list(ListUserCapacities::new())),
        Operation::read("engagement.user_capacities.get")
            .sends("GET /1.0/user_capacities/ID-1")
            .answers(same("user-capacity.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.user_capacities().get("ID-1"))
            .marked(|it: Engagement| it.user_capacities().get("canary")),
        Operation::once("engagement.user_capacities.create")
            .sends(
                "POST /1.0/user_capacities?name=usual&channels%5B%5D%5Bchannel_id%5D=c1\
                 &channels%5B%5D%5Bdefault_capacity%5D=1\
                 &channels%5B%5D%5Bmax_capacity%5D=2&channels%5B%5D%5Bchannel_id%5D=c2\
                 &channels%5B%5D%5Bdefault_capacity%5D=3\
                 &channels%5B%5D%5Bmax_capacity%5D=4",
            )
            .answers(one("user-capacity.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.user_capacities().create(NewUserCapacity::named("usual").channel("c1", 1, 2).channel("c2", 3, 4))
            })
            .marked(|it: Engagement| {
                it.user_capacities().create(NewUserCapacity::named("canary capacity").channel("canary", 1, 2))
            }),
        Operation::idempotent("engagement.user_capacities.update")
            .sends(
                "PUT /1.0/user_capacities/ID-1?name=usual\
                 &channels%5B%5D%5Bchannel_id%5D=c1\
                 &channels%5B%5D%5Bdefault_capacity%5D=1\
                 &channels%5B%5D%5Bmax_capacity%5D=2&channels%5B%5D%5Bchannel_id%5D=c2\
                 &channels%5B%5D%5Bdefault_capacity%5D=3\
                 &channels%5B%5D%5Bmax_capacity%5D=4",
            )
            .answers(same("user-capacity.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.user_capacities()
                    .update("ID-1", UserCapacityPatch::new().name("usual").channel("c1", 1, 2).channel("c2", 3, 4))
            })
            .marked(|it: Engagement| {
                it.user_capacities().update("canary", UserCapacityPatch::new().name("canary capacity"))
            }),
        Operation::idempotent("engagement.user_capacities.delete")
            .sends("DELETE /1.0/user_capacities/ID-1")
            .answers(same("user-capacity.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.user_capacities().delete("ID-1"))
            .marked(|it: Engagement| it.user_capacities().delete("canary")),
    ]
}
