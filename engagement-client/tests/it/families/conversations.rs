//! Threads, contents, tasks, webhooks and sources: the rows of their operations.

use super::{FORM, intervention, moment, one, page, same};
use care_testkit::contract::{Answer, Operation};
use engagement_client::{
    Act, CompleteBot, Engagement, Handover, ListAttachments, ListContents, ListInterventionComments, ListSources,
    ListTasks, ListThreads, ListWebhooks, NewContent, NewInterventionComment, NewWebhook, Party, ResponseTrigger,
    SlaStrategy, SourceAccess, SourcePatch, StructuredMessage, TextFormat, WebhookEvent, WebhookPatch,
};
use serde_json::json;

pub(super) fn operations() -> Vec<Operation<Engagement>> {
    vec![
        Operation::read("engagement.threads.list")
            .sends("GET /1.0/content_threads?offset=0&limit=150")
            .answers(page("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().list(ListThreads::new())),
        Operation::read("engagement.threads.list")
            .case("threads, filtered")
            .sends("GET /1.0/content_threads?q=assigned_to_me%3Atrue&offset=10&limit=5")
            .answers(page("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.threads().list(ListThreads::new().search("assigned_to_me:true").offset(10).limit(5))
            })
            .marked(|it: Engagement| it.threads().list(ListThreads::new().search("canary search"))),
        Operation::read("engagement.threads.get")
            .sends("GET /1.0/content_threads/ID-1")
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().get("ID-1"))
            .marked(|it: Engagement| it.threads().get("canary")),
        Operation::idempotent("engagement.threads.close")
            .sends("PUT /1.0/content_threads/ID-1/close")
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().close("ID-1"))
            .marked(|it: Engagement| it.threads().close("canary")),
        Operation::idempotent("engagement.threads.open")
            .sends("GET /1.0/content_threads/ID-1/open")
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().open("ID-1"))
            .marked(|it: Engagement| it.threads().open("canary")),
        Operation::idempotent("engagement.threads.archive")
            .sends("PUT /1.0/content_threads/ID-1/ignore")
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().archive("ID-1"))
            .marked(|it: Engagement| it.threads().archive("canary")),
        Operation::idempotent("engagement.threads.disable_text_input")
            .sends("PUT /1.0/content_threads/ID-1/disable_text_input")
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().disable_text_input("ID-1"))
            .marked(|it: Engagement| it.threads().disable_text_input("canary")),
        Operation::idempotent("engagement.threads.enable_text_input")
            .sends("PUT /1.0/content_threads/ID-1/enable_text_input")
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().enable_text_input("ID-1"))
            .marked(|it: Engagement| it.threads().enable_text_input("canary")),
        Operation::idempotent("engagement.threads.categorize")
            .sends(
                "PUT /1.0/content_threads/ID-1/update_categories\
                 ?thread_category_ids%5B%5D=c1&thread_category_ids%5B%5D=c2",
            )
            .answers(same("thread.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.threads().categorize("ID-1", ["c1", "c2"]))
            .marked(|it: Engagement| it.threads().categorize("canary", ["canary"])),
        Operation::read("engagement.contents.list")
            .sends("GET /1.0/contents?offset=0&limit=150")
            .answers(page("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.contents().list(ListContents::new())),
        Operation::read("engagement.contents.list")
            .case("contents, filtered")
            .sends("GET /1.0/contents?q=thread%3At1&offset=10&limit=5")
            .answers(page("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.contents().list(ListContents::new().search("thread:t1").offset(10).limit(5)))
            .marked(|it: Engagement| it.contents().list(ListContents::new().search("canary search"))),
        Operation::read("engagement.contents.get")
            .sends("GET /1.0/contents/ID-1")
            .answers(same("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.contents().get("ID-1"))
            .marked(|it: Engagement| it.contents().get("canary")),
        Operation::once("engagement.contents.create")
            .sends("POST /1.0/contents")
            .text(
                FORM,
                "body=On+its+way&in_reply_to_id=c1&author_id=i1&private=true\
                 &attachment_ids%5B%5D=a1&auto_submitted=false&title=Order\
                 &to=%2B12025550101&cc%5B%5D=alex%40example.com\
                 &bcc%5B%5D=sam%40example.com&template_name=hello&template_language=en\
                 &disable_text_input_on_thread=true&body_format=html",
            )
            .answers(one("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.contents().create(
                    NewContent::reply_to("c1", "On its way")
                        .author("i1")
                        .private(true)
                        .attachments(["a1"])
                        .auto_submitted(false)
                        .title("Order")
                        .to("+12025550101")
                        .cc(["alex@example.com"])
                        .bcc(["sam@example.com"])
                        .template_name("hello")
                        .template_language("en")
                        .disable_text_input(true)
                        .body_format(TextFormat::Html),
                )
            })
            .marked(|it: Engagement| it.contents().create(NewContent::reply_to("canary", "canary body"))),
        Operation::once("engagement.contents.create")
            .case("begin a conversation")
            .sends("POST /1.0/contents")
            .text(FORM, "body=Hello&source_id=s1&title=Order&to%5B%5D=alex%40example.com")
            .answers(one("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.contents()
                    .create(NewContent::begin_on("s1", "Hello").title("Order").to_addresses(["alex@example.com"]))
            })
            .marked(|it: Engagement| it.contents().create(NewContent::begin_on("canary", "canary body"))),
        Operation::once("engagement.contents.create")
            .case("send a structured message")
            .sends("POST /1.0/contents")
            .json(json!({
                "in_reply_to_id": "c1",
                "body": "When?",
                "structured_content": {"type": "select", "items": [{"title": "Today", "payload": "d0"}]},
            }))
            .answers(one("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.contents().create(
                    NewContent::structured_reply_to("c1", StructuredMessage::select([("Today", "d0")]).unwrap())
                        .body("When?"),
                )
            })
            .marked(|it: Engagement| {
                it.contents().create(NewContent::structured_reply_to(
                    "canary",
                    StructuredMessage::select([("canary title", "canary")]).unwrap(),
                ))
            }),
        Operation::idempotent("engagement.contents.ignore")
            .sends("PUT /1.0/contents/ID-1/ignore")
            .answers(same("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.contents().ignore("ID-1"))
            .marked(|it: Engagement| it.contents().ignore("canary")),
        Operation::idempotent("engagement.contents.categorize")
            .sends("PUT /1.0/contents/ID-1/update_categories?category_ids%5B%5D=c1")
            .answers(same("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.contents().categorize("ID-1", ["c1"]))
            .marked(|it: Engagement| it.contents().categorize("canary", ["canary"])),
        Operation::idempotent("engagement.contents.score")
            .sends("PUT /1.0/contents/ID-1/update_custom_score?custom_score=0.5")
            .answers(same("content.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.contents().score("ID-1", 0.5))
            .marked(|it: Engagement| it.contents().score("canary", 0.5)),
        Operation::read("engagement.attachments.list")
            .sends("GET /1.0/attachments?offset=0&limit=150")
            .answers(page("attachment.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.attachments().list(ListAttachments::new())),
        Operation::read("engagement.attachments.list")
            .case("attachments, filtered")
            .sends(
                "GET /1.0/attachments?extension=pdf\
                 &created_before=2024-03-05T09%3A12%3A44Z\
                 &created_after=2024-03-05T09%3A12%3A44Z&offset=10&limit=5",
            )
            .answers(page("attachment.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.attachments().list(
                    ListAttachments::new()
                        .extension("pdf")
                        .created_before(moment())
                        .created_after(moment())
                        .offset(10)
                        .limit(5),
                )
            })
            .marked(|it: Engagement| it.attachments().list(ListAttachments::new().extension("canary"))),
        Operation::read("engagement.attachments.get")
            .sends("GET /1.0/attachments/ID-1")
            .answers(same("attachment.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.attachments().get("ID-1"))
            .marked(|it: Engagement| it.attachments().get("canary")),
        Operation::read("engagement.intervention_comments.list")
            .sends("GET /1.0/intervention_comments?offset=0&limit=150")
            .answers(page("intervention-comment.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.intervention_comments().list(ListInterventionComments::new())),
        Operation::read("engagement.intervention_comments.list")
            .case("intervention_comments, filtered")
            .sends(
                "GET /1.0/intervention_comments?intervention_id=v1&thread_id=t1\
                 &user_id=u1&identity_id=i1&offset=10&limit=5",
            )
            .answers(page("intervention-comment.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.intervention_comments().list(
                    ListInterventionComments::new()
                        .intervention("v1")
                        .thread("t1")
                        .user("u1")
                        .identity("i1")
                        .offset(10)
                        .limit(5),
                )
            })
            .marked(|it: Engagement| {
                it.intervention_comments().list(ListInterventionComments::new().intervention("canary"))
            }),
        Operation::read("engagement.intervention_comments.get")
            .sends("GET /1.0/intervention_comments/ID-1")
            .answers(same("intervention-comment.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.intervention_comments().get("ID-1"))
            .marked(|it: Engagement| it.intervention_comments().get("canary")),
        Operation::once("engagement.intervention_comments.create")
            .sends("POST /1.0/intervention_comments")
            .text(FORM, "body=call+back&intervention_id=v1&user_id=u1")
            .answers(one("intervention-comment.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.intervention_comments().create(NewInterventionComment::on("v1", "u1", "call back"))
            })
            .marked(|it: Engagement| {
                it.intervention_comments().create(NewInterventionComment::on("canary", "canary", "canary body"))
            }),
        Operation::idempotent("engagement.intervention_comments.delete")
            .sends("DELETE /1.0/intervention_comments/ID-1")
            .answers(same("intervention-comment.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.intervention_comments().delete("ID-1"))
            .marked(|it: Engagement| it.intervention_comments().delete("canary")),
        Operation::read("engagement.tasks.list")
            .sends("GET /1.0/tasks?offset=0&limit=150")
            .answers(page("task.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tasks().list(ListTasks::new())),
        Operation::read("engagement.tasks.list")
            .case("tasks, filtered")
            .sends(
                "GET /1.0/tasks?queue=workbins&channel_id=c1&step=first&offset=10\
                 &limit=5",
            )
            .answers(page("task.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.tasks().list(ListTasks::new().queue("workbins").channel("c1").step("first").offset(10).limit(5))
            })
            .marked(|it: Engagement| it.tasks().list(ListTasks::new().queue("canary"))),
        Operation::read("engagement.tasks.get")
            .sends("GET /1.0/tasks/ID-1")
            .answers(same("task.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tasks().get("ID-1"))
            .marked(|it: Engagement| it.tasks().get("canary")),
        Operation::once("engagement.tasks.complete")
            .sends("POST /1.0/tasks/ID-1/complete")
            .answers(same("task.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tasks().complete("ID-1"))
            .marked(|it: Engagement| it.tasks().complete("canary")),
        Operation::idempotent("engagement.tasks.move")
            .sends("POST /1.0/tasks/ID-1/move?queue=global")
            .answers(same("task.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.tasks().move_to("ID-1", "global"))
            .marked(|it: Engagement| it.tasks().move_to("canary", "canary queue")),
        Operation::once("engagement.tasks.transfer")
            .sends(
                "POST /1.0/tasks/ID-1/transfer?agent_ids%5B%5D=u1&bypass=true\
                 &category_ids%5B%5D=c1&language=en&team_ids%5B%5D=t1&comment=urgent",
            )
            .answers(same("task.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.tasks().transfer(
                    Act::transfer("ID-1")
                        .agents(["u1"])
                        .bypass(true)
                        .categories(["c1"])
                        .language("en")
                        .teams(["t1"])
                        .comment("urgent"),
                )
            })
            .marked(|it: Engagement| it.tasks().transfer(Act::transfer("canary").comment("canary comment"))),
        Operation::read("engagement.webhooks.list")
            .sends("GET /1.0/webhooks?offset=0&limit=150")
            .answers(page("webhook.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.webhooks().list(ListWebhooks::new())),
        Operation::read("engagement.webhooks.get")
            .sends("GET /1.0/webhooks/ID-1")
            .answers(same("webhook.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.webhooks().get("ID-1"))
            .marked(|it: Engagement| it.webhooks().get("canary")),
        Operation::once("engagement.webhooks.create")
            .sends("POST /1.0/webhooks")
            .text(
                FORM,
                "url=https%3A%2F%2Fhooks.example.com%2Fengage\
                 &registered_events%5B%5D=content.imported&active=true&name=desk\
                 &staging_use=false&verify_token=hush&secret=hush+hush",
            )
            .answers(one("webhook.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.webhooks().create(
                    NewWebhook::at("https://hooks.example.com/engage", [WebhookEvent::ContentImported])
                        .active(true)
                        .name("desk")
                        .staging_use(false)
                        .verify_token("hush")
                        .secret("hush hush"),
                )
            })
            .marked(|it: Engagement| {
                it.webhooks().create(
                    NewWebhook::at("https://canary.example.com", [WebhookEvent::ContentImported])
                        .secret("canary secret")
                        .verify_token("canary token"),
                )
            }),
        Operation::idempotent("engagement.webhooks.update")
            .sends("PUT /1.0/webhooks/ID-1")
            .text(
                FORM,
                "url=https%3A%2F%2Fhooks.example.com%2Fe&active=false&name=desk+2\
                 &staging_use=true&registered_events%5B%5D=intervention.closed\
                 &secret=hush&verify_token=hush+2",
            )
            .answers(same("webhook.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.webhooks().update(
                    "ID-1",
                    WebhookPatch::new()
                        .url("https://hooks.example.com/e")
                        .active(false)
                        .name("desk 2")
                        .staging_use(true)
                        .events([WebhookEvent::InterventionClosed])
                        .secret("hush")
                        .verify_token("hush 2"),
                )
            })
            .marked(|it: Engagement| it.webhooks().update("canary", WebhookPatch::new().secret("canary secret"))),
        Operation::idempotent("engagement.webhooks.delete")
            .sends("DELETE /1.0/webhooks/ID-1")
            .answers(same("webhook.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.webhooks().delete("ID-1"))
            .marked(|it: Engagement| it.webhooks().delete("canary")),
        Operation::once("engagement.bots.engage")
            .sends("POST /1.0/bots/engage?content_id=c1")
            .answers(intervention())
            .needs("access_token()")
            .call(|it: Engagement| it.bots().engage("c1"))
            .marked(|it: Engagement| it.bots().engage("canary")),
        Operation::once("engagement.bots.complete")
            .sends(
                "POST /1.0/bots/complete?intervention_id=v1&close_thread=true\
                 &thread_category_ids%5B%5D=c1",
            )
            .answers(Answer::json(&json!({"status": 200, "message": "done"})))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.bots().complete(CompleteBot::new("v1").close_thread(true).thread_categories(["c1"]))
            })
            .marked(|it: Engagement| it.bots().complete(CompleteBot::new("canary"))),
        Operation::once("engagement.bots.handover")
            .sends("POST /1.0/bots/handover")
            .text(
                FORM,
                "from=bot&to=agent&type=messenger&identity_foreign_id=al&app_id=1\
                 &intervention_id=v1&thread_category_ids%5B%5D=c1&trigger=word",
            )
            .answers(Answer::json(&json!({"status": "200", "message": "done"})))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.bots().hand_over(
                    Handover::new(Party::Bot, Party::Agent, "messenger", "al")
                        .app_id("1")
                        .intervention("v1")
                        .thread_categories(["c1"])
                        .trigger("word"),
                )
            })
            .marked(|it: Engagement| {
                it.bots().hand_over(Handover::new(Party::Bot, Party::Agent, "messenger", "canary"))
            }),
        Operation::read("engagement.sources.list")
            .sends("GET /1.0/content_sources?offset=0&limit=150")
            .answers(page("source.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.sources().list(ListSources::new())),
        Operation::read("engagement.sources.list")
            .case("sources, filtered")
            .sends(
                "GET /1.0/content_sources?permission=initiate_discussion&active=true\
                 &offset=10&limit=5",
            )
            .answers(page("source.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.sources().list(
                    ListSources::new().permission(SourceAccess::InitiateDiscussion).active(true).offset(10).limit(5),
                )
            })
            .marked(|it: Engagement| it.sources().list(ListSources::new().active(true))),
        Operation::read("engagement.sources.get")
            .sends("GET /1.0/content_sources/ID-1")
            .answers(same("source.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.sources().get("ID-1"))
            .marked(|it: Engagement| it.sources().get("canary")),
        Operation::idempotent("engagement.sources.update")
            .sends("PUT /1.0/content_sources/ID-1")
            .text(
                FORM,
                "name=mail&color=3&sla_expired_strategy=half\
                 &signatures%5B%5D%5Blanguage%5D=en&signatures%5B%5D%5Bname%5D=short\
                 &signatures%5B%5D%5Bbody%5D=Yours\
                 &auto_response_trigger_enabled%5Bfirst_message_from_user%5D=true\
                 &auto_response_trigger_grace_periods%5Bout_of_office_hours_message%5D=60\
                 &imap_password=hush",
            )
            .answers(same("source.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.sources().update(
                    "ID-1",
                    SourcePatch::new()
                        .name("mail")
                        .color(3)
                        .sla_expired_strategy(SlaStrategy::Half)
                        .signature("en", "short", "Yours")
                        .auto_response_enabled(ResponseTrigger::FirstMessage, true)
                        .auto_response_grace_period(ResponseTrigger::OutOfOfficeHours, 60)
                        .imap_password("hush"),
                )
            })
            .marked(|it: Engagement| {
                it.sources().update("canary", SourcePatch::new().imap_password("canary password"))
            }),
        Operation::idempotent("engagement.sources.update_email_credentials")
            .sends("PUT /1.0/content_sources/ID-1/email_credentials")
            .text(
                FORM,
                "imap%5Busername%5D=alex&imap%5Bpassword%5D=hush&smtp%5Busername%5D=alex\
                 &smtp%5Bpassword%5D=hush+hush",
            )
            .answers(same("source.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.sources().update_email_credentials(
                    Act::email_credentials("ID-1").imap("alex", "hush").smtp("alex", "hush hush"),
                )
            })
            .marked(|it: Engagement| {
                it.sources()
                    .update_email_credentials(Act::email_credentials("canary").imap("canary user", "canary password"))
            }),
    ]
}
