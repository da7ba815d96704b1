//! Categories, the reply assistant, surveys, topologies and lists: the rows of their operations.

use super::{FORM, array, one, page, same};
use care_testkit::contract::Operation;
use engagement_client::{
    CategoryPatch, Engagement, ListCategories, ListEvents, ListReplyAssistantEntries, ListReplyAssistantGroups,
    ListReplyAssistantVersions, NewCategory, NewReplyAssistantEntry, NewReplyAssistantGroup, NewReplyAssistantVersion,
    NewTopology, ReplyAssistantEntryPatch, ReplyAssistantGroupPatch, ReplyAssistantVersionPatch, SourceId, TextFormat,
    TopologyPatch,
};
use serde_json::json;

pub(super) fn operations() -> Vec<Operation<Engagement>> {
    vec![
        Operation::read("engagement.reply_assistant.entries.list")
            .sends("GET /1.0/reply_assistant/entries?offset=0&limit=150")
            .answers(page("reply-assistant-entry.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_entries().list(ListReplyAssistantEntries::new())),
        Operation::read("engagement.reply_assistant.entries.get")
            .sends("GET /1.0/reply_assistant/entries/ID-1")
            .answers(same("reply-assistant-entry.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_entries().get("ID-1"))
            .marked(|it: Engagement| it.reply_assistant_entries().get("canary")),
        Operation::once("engagement.reply_assistant.entries.create")
            .sends("POST /1.0/reply_assistant/entries?label=Opening+hours%3F")
            .answers(one("reply-assistant-entry.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.reply_assistant_entries().create(NewReplyAssistantEntry::labelled("Opening hours?"))
            })
            .marked(|it: Engagement| {
                it.reply_assistant_entries().create(NewReplyAssistantEntry::labelled("canary question"))
            }),
        Operation::idempotent("engagement.reply_assistant.entries.update")
            .sends(
                "PUT /1.0/reply_assistant/entries/ID-1?label=Hours%3F&foreign_id=f1\
                 &category_ids%5B%5D=c1&shortcuts%5B%5D=oh&entry_group_id=g1\
                 &source_ids%5B%5D=s1",
            )
            .answers(same("reply-assistant-entry.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.reply_assistant_entries().update(
                    "ID-1",
                    ReplyAssistantEntryPatch::new()
                        .label("Hours?")
                        .foreign_id("f1")
                        .categories(["c1"])
                        .shortcuts(["oh"])
                        .group("g1")
                        .sources(["s1"]),
                )
            })
            .marked(|it: Engagement| {
                it.reply_assistant_entries().update("canary", ReplyAssistantEntryPatch::new().label("canary question"))
            }),
        Operation::idempotent("engagement.reply_assistant.entries.delete")
            .sends("DELETE /1.0/reply_assistant/entries/ID-1")
            .answers(same("reply-assistant-entry.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_entries().delete("ID-1"))
            .marked(|it: Engagement| it.reply_assistant_entries().delete("canary")),
        Operation::read("engagement.reply_assistant.groups.list")
            .sends("GET /1.0/reply_assistant/groups?offset=0&limit=150")
            .answers(page("reply-assistant-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_groups().list(ListReplyAssistantGroups::new())),
        Operation::read("engagement.reply_assistant.groups.get")
            .sends("GET /1.0/reply_assistant/groups/ID-1")
            .answers(same("reply-assistant-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_groups().get("ID-1"))
            .marked(|it: Engagement| it.reply_assistant_groups().get("canary")),
        Operation::once("engagement.reply_assistant.groups.create")
            .sends(
                "POST /1.0/reply_assistant/groups?name=shop&entry_ids%5B%5D=e1\
                 &entry_ids%5B%5D=e2&autocomplete=true&position=2",
            )
            .answers(one("reply-assistant-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.reply_assistant_groups()
                    .create(NewReplyAssistantGroup::named("shop").entries(["e1", "e2"]).autocomplete(true).position(2))
            })
            .marked(|it: Engagement| it.reply_assistant_groups().create(NewReplyAssistantGroup::named("canary group"))),
        Operation::idempotent("engagement.reply_assistant.groups.update")
            .sends(
                "PUT /1.0/reply_assistant/groups/ID-1?name=shops&entry_ids%5B%5D=e1\
                 &entry_ids%5B%5D=e2&autocomplete=true&position=2",
            )
            .answers(same("reply-assistant-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.reply_assistant_groups().update(
                    "ID-1",
                    ReplyAssistantGroupPatch::new().name("shops").entries(["e1", "e2"]).autocomplete(true).position(2),
                )
            })
            .marked(|it: Engagement| {
                it.reply_assistant_groups().update("canary", ReplyAssistantGroupPatch::new().name("canary group"))
            }),
        Operation::idempotent("engagement.reply_assistant.groups.delete")
            .sends("DELETE /1.0/reply_assistant/groups/ID-1")
            .answers(same("reply-assistant-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_groups().delete("ID-1"))
            .marked(|it: Engagement| it.reply_assistant_groups().delete("canary")),
        Operation::read("engagement.reply_assistant.versions.list")
            .sends("GET /1.0/reply_assistant/versions?offset=0&limit=150")
            .answers(page("reply-assistant-version.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_versions().list(ListReplyAssistantVersions::new())),
        Operation::read("engagement.reply_assistant.versions.get")
            .sends("GET /1.0/reply_assistant/versions/ID-1")
            .answers(same("reply-assistant-version.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_versions().get("ID-1"))
            .marked(|it: Engagement| it.reply_assistant_versions().get("canary")),
        Operation::once("engagement.reply_assistant.versions.create")
            .sends(
                "POST /1.0/reply_assistant/versions?entry_id=e1&body=From+nine.\
                 &source_ids%5B%5D=s1&format=text&language=en",
            )
            .answers(one("reply-assistant-version.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.reply_assistant_versions().create(
                    NewReplyAssistantVersion::of("e1", "From nine.")
                        .sources(["s1"])
                        .format(TextFormat::Text)
                        .language("en"),
                )
            })
            .marked(|it: Engagement| {
                it.reply_assistant_versions().create(NewReplyAssistantVersion::of("canary", "canary answer"))
            }),
        Operation::idempotent("engagement.reply_assistant.versions.update")
            .sends(
                "PUT /1.0/reply_assistant/versions/ID-1?body=From+ten.&entry_id=e2\
                 &source_ids%5B%5D=s1&format=text&language=en",
            )
            .answers(same("reply-assistant-version.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.reply_assistant_versions().update(
                    "ID-1",
                    ReplyAssistantVersionPatch::new()
                        .body("From ten.")
                        .entry("e2")
                        .sources(["s1"])
                        .format(TextFormat::Text)
                        .language("en"),
                )
            })
            .marked(|it: Engagement| {
                it.reply_assistant_versions().update("canary", ReplyAssistantVersionPatch::new().body("canary answer"))
            }),
        Operation::idempotent("engagement.reply_assistant.versions.delete")
            .sends("DELETE /1.0/reply_assistant/versions/ID-1")
            .answers(same("reply-assistant-version.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.reply_assistant_versions().delete("ID-1"))
            .marked(|it: Engagement| it.reply_assistant_versions().delete("canary")),
        Operation::read("engagement.categories.list")
            .sends("GET /1.0/categories?offset=0&limit=150")
            .answers(page("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.categories().list(ListCategories::new())),
        Operation::read("engagement.categories.list")
            .case("categories, filtered")
            .sends("GET /1.0/categories?ids=a%2Cb&parent_id=p1&offset=10&limit=5")
            .answers(page("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.categories().list(ListCategories::new().ids(["a", "b"]).parent("p1").offset(10).limit(5))
            })
            .marked(|it: Engagement| it.categories().list(ListCategories::new().parent("canary"))),
        Operation::read("engagement.categories.get")
            .sends("GET /1.0/categories/ID-1")
            .answers(same("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.categories().get("ID-1"))
            .marked(|it: Engagement| it.categories().get("canary")),
        Operation::once("engagement.categories.create")
            .sends(
                "POST /1.0/categories?name=refund&parent_id=p1&color=3&mandatory=true\
                 &multiple=false&post_qualification=true&unselectable=false\
                 &source_ids%5B%5D=s1",
            )
            .answers(one("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.categories().create(
                    NewCategory::named("refund")
                        .parent("p1")
                        .color(3)
                        .mandatory(true)
                        .multiple(false)
                        .post_qualification(true)
                        .unselectable(false)
                        .sources(["s1"]),
                )
            })
            .marked(|it: Engagement| it.categories().create(NewCategory::named("canary category"))),
        Operation::idempotent("engagement.categories.update")
            .sends(
                "PUT /1.0/categories/ID-1?name=refunds&parent_id=p1&color=4\
                 &mandatory=true&multiple=false&post_qualification=true\
                 &unselectable=false&source_ids%5B%5D=",
            )
            .answers(same("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.categories().update(
                    "ID-1",
                    CategoryPatch::new()
                        .name("refunds")
                        .parent("p1")
                        .color(4)
                        .mandatory(true)
                        .multiple(false)
                        .post_qualification(true)
                        .unselectable(false)
                        .sources(Vec::<SourceId>::new()),
                )
            })
            .marked(|it: Engagement| it.categories().update("canary", CategoryPatch::new().name("canary category"))),
        Operation::idempotent("engagement.categories.delete")
            .sends("DELETE /1.0/categories/ID-1")
            .answers(same("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.categories().delete("ID-1"))
            .marked(|it: Engagement| it.categories().delete("canary")),
        Operation::idempotent("engagement.categories.delete")
            .case("delete into another category")
            .sends("DELETE /1.0/categories/ID-1?take_over_category_id=c2")
            .answers(same("category.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.categories().delete_into("ID-1", "c2"))
            .marked(|it: Engagement| it.categories().delete_into("canary", "canary")),
        Operation::read("engagement.locales.list")
            .sends("GET /1.0/locales")
            .answers(array("locale.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.locales().list()),
        Operation::read("engagement.locales.interface")
            .sends("GET /1.0/interface_locales")
            .answers(array("interface-locale.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.locales().interface()),
        Operation::read("engagement.locales.timezones")
            .sends("GET /1.0/timezones")
            .answers(array("timezone.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.locales().timezones()),
        Operation::read("engagement.surveys.list")
            .sends("GET /1.0/surveys")
            .answers(page("survey.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.surveys().list()),
        Operation::read("engagement.surveys.get")
            .sends("GET /1.0/surveys/ID-1")
            .answers(same("survey.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.surveys().get("ID-1"))
            .marked(|it: Engagement| it.surveys().get("canary")),
        Operation::read("engagement.survey_responses.get")
            .sends("GET /1.0/survey_responses/ID-1")
            .answers(same("survey-response.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.surveys().response("ID-1"))
            .marked(|it: Engagement| it.surveys().response("canary")),
        Operation::read("engagement.events.list")
            .sends("GET /1.0/events?offset=0&limit=150")
            .answers(page("event.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.events().list(ListEvents::new())),
        Operation::read("engagement.events.list")
            .case("events, filtered")
            .sends("GET /1.0/events?q=name_in%3Acategory.created&offset=10&limit=5")
            .answers(page("event.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.events().list(ListEvents::new().search("name_in:category.created").offset(10).limit(5))
            })
            .marked(|it: Engagement| it.events().list(ListEvents::new().search("canary search"))),
        Operation::read("engagement.events.get")
            .sends("GET /1.0/events/ID-1")
            .answers(same("event.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.events().get("ID-1"))
            .marked(|it: Engagement| it.events().get("canary")),
        Operation::read("engagement.topologies.list")
            .sends("GET /1.0/topologies")
            .answers(page("topology.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.topologies().list()),
        Operation::read("engagement.topologies.get")
            .sends("GET /1.0/topologies/ID-1")
            .answers(same("topology.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.topologies().get("ID-1"))
            .marked(|it: Engagement| it.topologies().get("canary")),
        Operation::once("engagement.topologies.create")
            .sends("POST /1.0/topologies")
            .text(FORM, "name=night&json_config=%7B%22a%22%3A1%7D")
            .answers(one("topology.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.topologies().create(NewTopology::named("night", &json!({"a": 1}))))
            .marked(|it: Engagement| {
                it.topologies().create(NewTopology::named("canary topology", &json!({"canary": 1})))
            }),
        Operation::idempotent("engagement.topologies.update")
            .sends("PUT /1.0/topologies/ID-1")
            .text(FORM, "name=day&json_config=%7B%22b%22%3A2%7D")
            .answers(same("topology.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.topologies().update("ID-1", TopologyPatch::new().name("day").config(&json!({"b": 2})))
            })
            .marked(|it: Engagement| it.topologies().update("canary", TopologyPatch::new().name("canary topology"))),
        Operation::idempotent("engagement.topologies.delete")
            .sends("DELETE /1.0/topologies/ID-1")
            .answers(same("topology.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.topologies().delete("ID-1"))
            .marked(|it: Engagement| it.topologies().delete("canary")),
        Operation::idempotent("engagement.topologies.activate")
            .sends("PUT /1.0/topologies/ID-1/activate")
            .answers(same("topology.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.topologies().activate("ID-1"))
            .marked(|it: Engagement| it.topologies().activate("canary")),
    ]
}
