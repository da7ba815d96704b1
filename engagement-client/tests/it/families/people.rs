//! Users, roles, identities and settings: the rows of their operations.

use super::{FORM, agent, array, one, page, same};
use care_testkit::contract::{Answer, Operation};
use engagement_client::{
    Availability, Engagement, Gender, IdentityGroupPatch, ImportIdentity, ListAll, ListIdentities, ListIdentityGroups,
    ListRoles, ListUsers, NewRole, NewSignature, NewUser, Permission, RolePatch, SettingsPatch, SignaturePatch, SortBy,
    SourcePermission, UserPatch,
};
use serde_json::json;

pub(super) fn operations() -> Vec<Operation<Engagement>> {
    vec![
        Operation::read("engagement.users.list")
            .sends("GET /1.0/users?offset=0&limit=150")
            .answers(page("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.users().list(ListUsers::new())),
        Operation::read("engagement.users.list")
            .case("users, filtered")
            .sends(
                "GET /1.0/users?email=alex%40example.com&category_id=c1&identity_id=i1\
                 &external_id=x1&role_id=r1&team_id=t1&offset=10&limit=5",
            )
            .answers(page("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.users().list(
                    ListUsers::new()
                        .email("alex@example.com")
                        .category("c1")
                        .identity("i1")
                        .external_id("x1")
                        .role("r1")
                        .team("t1")
                        .offset(10)
                        .limit(5),
                )
            })
            .marked(|it: Engagement| it.users().list(ListUsers::new().email("canary@example.com"))),
        Operation::read("engagement.users.get")
            .sends("GET /1.0/users/ID-1")
            .answers(same("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.users().get("ID-1"))
            .marked(|it: Engagement| it.users().get("canary")),
        Operation::once("engagement.users.create")
            .sends("POST /1.0/users")
            .text(
                FORM,
                "email=alex%40example.com&firstname=Alex&lastname=Example&role_id=r1\
                 &category_ids%5B%5D=c1&enabled=true&external_id=x1&gender=woman\
                 &identity_ids%5B%5D=i1&locale=en&nickname=Al&team_ids%5B%5D=t1\
                 &timezone=London&spoken_languages%5B%5D=en&no_password=false\
                 &password=hush+hush",
            )
            .answers(one("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.users().create(
                    NewUser::of("alex@example.com", "Alex", "Example", "r1")
                        .categories(["c1"])
                        .enabled(true)
                        .external_id("x1")
                        .gender(Gender::Woman)
                        .identities(["i1"])
                        .locale("en")
                        .nickname("Al")
                        .teams(["t1"])
                        .timezone("London")
                        .spoken_languages(["en"])
                        .no_password(false)
                        .password("hush hush"),
                )
            })
            .marked(|it: Engagement| {
                it.users().create(
                    NewUser::of("canary@example.com", "canary first", "canary last", "canary")
                        .password("canary password"),
                )
            }),
        Operation::idempotent("engagement.users.update")
            .sends("PUT /1.0/users/ID-1")
            .text(
                FORM,
                "email=alex%40example.com&firstname=Alex&lastname=Example&role_id=r1\
                 &category_ids%5B%5D=c1&enabled=true&external_id=x1&gender=woman\
                 &identity_ids%5B%5D=i1&locale=en&nickname=Al&team_ids%5B%5D=t1\
                 &timezone=London&spoken_languages%5B%5D=en&no_password=true\
                 &password=hush+hush",
            )
            .answers(same("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.users().update(
                    "ID-1",
                    UserPatch::new()
                        .email("alex@example.com")
                        .firstname("Alex")
                        .lastname("Example")
                        .role("r1")
                        .categories(["c1"])
                        .enabled(true)
                        .external_id("x1")
                        .gender(Gender::Woman)
                        .identities(["i1"])
                        .locale("en")
                        .nickname("Al")
                        .teams(["t1"])
                        .timezone("London")
                        .spoken_languages(["en"])
                        .no_password(true)
                        .password("hush hush"),
                )
            })
            .marked(|it: Engagement| it.users().update("canary", UserPatch::new().firstname("canary first"))),
        Operation::idempotent("engagement.users.delete")
            .sends("DELETE /1.0/users/ID-1")
            .answers(same("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.users().delete("ID-1"))
            .marked(|it: Engagement| it.users().delete("canary")),
        Operation::read("engagement.users.get")
            .case("me")
            .sends("GET /1.0/users/me")
            .answers(one("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.users().me()),
        Operation::once("engagement.users.invite")
            .sends("POST /1.0/users/invite")
            .text(
                FORM,
                "email=alex%40example.com&firstname=Alex&lastname=Example&role_id=r1\
                 &category_ids%5B%5D=c1&enabled=true&external_id=x1&gender=woman\
                 &identity_ids%5B%5D=i1&locale=en&nickname=Al&team_ids%5B%5D=t1\
                 &timezone=London&spoken_languages%5B%5D=en",
            )
            .answers(one("user.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.users().invite(
                    NewUser::of("alex@example.com", "Alex", "Example", "r1")
                        .categories(["c1"])
                        .enabled(true)
                        .external_id("x1")
                        .gender(Gender::Woman)
                        .identities(["i1"])
                        .locale("en")
                        .nickname("Al")
                        .teams(["t1"])
                        .timezone("London")
                        .spoken_languages(["en"]),
                )
            })
            .marked(|it: Engagement| {
                it.users().invite(NewUser::of("canary@example.com", "canary first", "canary last", "canary"))
            }),
        Operation::read("engagement.user_signatures.list")
            .sends("GET /1.0/users/u1/signatures")
            .answers(page("user-signature.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.user_signatures("u1").list()),
        Operation::read("engagement.user_signatures.get")
            .sends("GET /1.0/users/u1/signatures/ID-1")
            .answers(same("user-signature.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.user_signatures("u1").get("ID-1"))
            .marked(|it: Engagement| it.user_signatures("canary").get("canary")),
        Operation::once("engagement.user_signatures.create")
            .sends("POST /1.0/users/u1/signatures")
            .text(FORM, "body=Yours%2C+Alex&source_ids%5B%5D=s1&language=en&name=short")
            .answers(one("user-signature.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.user_signatures("u1")
                    .create(NewSignature::new("Yours, Alex").sources(["s1"]).language("en").name("short"))
            })
            .marked(|it: Engagement| it.user_signatures("canary").create(NewSignature::new("canary body"))),
        Operation::idempotent("engagement.user_signatures.update")
            .sends("PUT /1.0/users/u1/signatures/ID-1")
            .text(FORM, "body=Alex&source_ids%5B%5D=s1&language=en&name=short")
            .answers(same("user-signature.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.user_signatures("u1")
                    .update("ID-1", SignaturePatch::new().body("Alex").sources(["s1"]).language("en").name("short"))
            })
            .marked(|it: Engagement| {
                it.user_signatures("canary").update("canary", SignaturePatch::new().body("canary body"))
            }),
        Operation::idempotent("engagement.user_signatures.delete")
            .sends("DELETE /1.0/users/u1/signatures/ID-1")
            .answers(same("user-signature.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.user_signatures("u1").delete("ID-1"))
            .marked(|it: Engagement| it.user_signatures("canary").delete("canary")),
        Operation::read("engagement.sources_permissions.get")
            .sends("GET /1.0/users/u1/sources_permissions")
            .answers(Answer::json(&json!({"s1": ["read", "approval_threshold_10"]})))
            .needs("access_token()")
            .call(|it: Engagement| it.sources_permissions("u1").get())
            .marked(|it: Engagement| it.sources_permissions("canary").get()),
        Operation::idempotent("engagement.sources_permissions.update")
            .sends("PUT /1.0/users/u1/sources_permissions?s1=read%2Creply")
            .answers(Answer::json(&json!({"s1": ["read", "reply"]})))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.sources_permissions("u1").update([("s1", [SourcePermission::Read, SourcePermission::Reply])])
            })
            .marked(|it: Engagement| it.sources_permissions("canary").update([("s1", [SourcePermission::Read])])),
        Operation::read("engagement.agent_statuses.list")
            .sends(
                "GET /1.0/status?source_ids%5B%5D=s1&category_ids%5B%5D=c1\
                 &team_ids%5B%5D=t1&spoken_languages%5B%5D=en",
            )
            .answers(array("agent-status.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.agent_statuses()
                    .list(ListAll::new().sources(["s1"]).categories(["c1"]).teams(["t1"]).spoken_languages(["en"]))
            })
            .marked(|it: Engagement| it.agent_statuses().list(ListAll::new().sources(["canary"]))),
        Operation::read("engagement.agent_statuses.get")
            .sends("GET /1.0/status/AGENT-1")
            .answers(agent())
            .needs("access_token()")
            .call(|it: Engagement| it.agent_statuses().get("AGENT-1"))
            .marked(|it: Engagement| it.agent_statuses().get("canary")),
        Operation::idempotent("engagement.agent_statuses.change")
            .sends("PUT /1.0/status/AGENT-1?status%5Bc1%5D=available&status%5Bc2%5D=away")
            .answers(agent())
            .needs("access_token()")
            .call(|it: Engagement| {
                it.agent_statuses()
                    .set_channels("AGENT-1", [("c1", Availability::Available), ("c2", Availability::Away)])
            })
            .marked(|it: Engagement| it.agent_statuses().set_channels("canary", [("c1", Availability::Away)])),
        Operation::idempotent("engagement.agent_statuses.change")
            .case("choose a presence status")
            .sends("PUT /1.0/status/AGENT-1?custom_status_id=p1")
            .answers(agent())
            .needs("access_token()")
            .call(|it: Engagement| it.agent_statuses().set_presence("AGENT-1", "p1"))
            .marked(|it: Engagement| it.agent_statuses().set_presence("canary", "canary")),
        Operation::read("engagement.roles.list")
            .sends("GET /1.0/roles?offset=0&limit=150")
            .answers(page("role.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.roles().list(ListRoles::new())),
        Operation::read("engagement.roles.get")
            .sends("GET /1.0/roles/ID-1")
            .answers(same("role.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.roles().get("ID-1"))
            .marked(|it: Engagement| it.roles().get("canary")),
        Operation::once("engagement.roles.create")
            .sends("POST /1.0/roles?label=agents&read_event=true&use_emoji=false")
            .answers(one("role.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.roles()
                    .create(NewRole::labelled("agents").allow(&Permission::ReadEvent).forbid(&Permission::UseEmoji))
            })
            .marked(|it: Engagement| it.roles().create(NewRole::labelled("canary role"))),
        Operation::idempotent("engagement.roles.update")
            .sends("PUT /1.0/roles/ID-1?manage_tags=true")
            .answers(same("role.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.roles().update("ID-1", RolePatch::new().allow(&Permission::ManageTags)))
            .marked(|it: Engagement| it.roles().update("canary", RolePatch::new().allow(&Permission::ManageTags))),
        Operation::read("engagement.settings.get")
            .sends("GET /1.0/settings")
            .answers(one("settings.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.settings().get()),
        Operation::idempotent("engagement.settings.update")
            .sends(
                "PUT /1.0/settings?name=shop&intervention_rates%5B%5D=1\
                 &intervention_rates%5B%5D=5&push_enabled=true",
            )
            .answers(one("settings.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.settings().update(SettingsPatch::new().name("shop").intervention_rates([1, 5]).push_enabled(true))
            })
            .marked(|it: Engagement| it.settings().update(SettingsPatch::new().name("canary name"))),
        Operation::read("engagement.identities.list")
            .sends("GET /1.0/identities?offset=0&limit=150")
            .answers(page("identity.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.identities().list(ListIdentities::new())),
        Operation::read("engagement.identities.list")
            .case("identities, filtered")
            .sends(
                "GET /1.0/identities?community_id=m1&source_id=s1&identity_group_id=g1\
                 &identity_group_ids=g1%2Cg2&user_id=u1&sort=updated_at&foreign_id=f1\
                 &uuid=al&offset=10&limit=5",
            )
            .answers(page("identity.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.identities().list(
                    ListIdentities::new()
                        .community("m1")
                        .source("s1")
                        .group("g1")
                        .groups(["g1", "g2"])
                        .user("u1")
                        .sort(SortBy::UpdatedAt)
                        .foreign_id("f1")
                        .uuid("al")
                        .offset(10)
                        .limit(5),
                )
            })
            .marked(|it: Engagement| it.identities().list(ListIdentities::new().uuid("canary"))),
        Operation::read("engagement.identities.get")
            .sends("GET /1.0/identities/ID-1")
            .answers(same("identity.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.identities().get("ID-1"))
            .marked(|it: Engagement| it.identities().get("canary")),
        Operation::idempotent("engagement.identities.import")
            .sends("POST /1.0/identities/import")
            .text(
                FORM,
                "community_id=m1&identifier=alex%40example.com&upsert=true\
                 &company=Example&firstname=Alex&lastname=Example&gender=man\
                 &home_phone=%2B12025550101&mobile_phone=%2B12025550102&screenname=al\
                 &extra_values%5Bfloor%5D=2",
            )
            .answers(one("identity.json").status(201))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.identities().import(
                    ImportIdentity::in_community("m1", "alex@example.com")
                        .upsert(true)
                        .company("Example")
                        .firstname("Alex")
                        .lastname("Example")
                        .gender(Gender::Man)
                        .home_phone("+12025550101")
                        .mobile_phone("+12025550102")
                        .screenname("al")
                        .extra_value("floor", "2"),
                )
            })
            .marked(|it: Engagement| {
                it.identities()
                    .import(ImportIdentity::on_source("canary", "canary@example.com").firstname("canary first"))
            }),
        Operation::idempotent("engagement.identities.import")
            .case("import on a source")
            .sends("POST /1.0/identities/import")
            .text(FORM, "source_id=s1&identifier=%2B12025550101")
            .answers(one("identity.json").status(201))
            .needs("access_token()")
            .call(|it: Engagement| it.identities().import(ImportIdentity::on_source("s1", "+12025550101")))
            .marked(|it: Engagement| it.identities().import(ImportIdentity::on_source("canary", "canary"))),
        Operation::read("engagement.identity_groups.list")
            .sends("GET /1.0/identity_groups?offset=0&limit=150")
            .answers(page("identity-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.identity_groups().list(ListIdentityGroups::new())),
        Operation::read("engagement.identity_groups.list")
            .case("identity_groups, filtered")
            .sends(
                "GET /1.0/identity_groups?firstname=Alex&lastname=Example\
                 &email=alex%40example.com&uuid=al&ids=g1&sort=created_at&offset=10\
                 &limit=5",
            )
            .answers(page("identity-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.identity_groups().list(
                    ListIdentityGroups::new()
                        .firstname("Alex")
                        .lastname("Example")
                        .email("alex@example.com")
                        .uuid("al")
                        .ids(["g1"])
                        .sort(SortBy::CreatedAt)
                        .offset(10)
                        .limit(5),
                )
            })
            .marked(|it: Engagement| it.identity_groups().list(ListIdentityGroups::new().firstname("canary first"))),
        Operation::read("engagement.identity_groups.get")
            .sends("GET /1.0/identity_groups/ID-1")
            .answers(same("identity-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.identity_groups().get("ID-1"))
            .marked(|it: Engagement| it.identity_groups().get("canary")),
        Operation::idempotent("engagement.identity_groups.update")
            .sends("PUT /1.0/identity_groups/ID-1")
            .text(
                FORM,
                "company=Example&custom_field_values%5Border%5D=A-1042\
                 &emails%5B%5D=alex%40example.com&firstname=Alex&gender=woman\
                 &home_phones%5B%5D=%2B12025550101&lastname=Example&mobile_phones%5B%5D=\
                 &notes=calls+at+noon&tag_ids%5B%5D=t1",
            )
            .answers(same("identity-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| {
                it.identity_groups().update(
                    "ID-1",
                    IdentityGroupPatch::new()
                        .company("Example")
                        .custom_field("order", "A-1042")
                        .emails(["alex@example.com"])
                        .firstname("Alex")
                        .gender(Gender::Woman)
                        .home_phones(["+12025550101"])
                        .lastname("Example")
                        .mobile_phones(Vec::<String>::new())
                        .notes("calls at noon")
                        .tags(["t1"]),
                )
            })
            .marked(|it: Engagement| {
                it.identity_groups().update("canary", IdentityGroupPatch::new().notes("canary note"))
            }),
        Operation::idempotent("engagement.identity_groups.merge")
            .sends("PUT /1.0/identity_groups/ID-1/merge?associated_identity_id=i1")
            .answers(same("identity-group.json"))
            .needs("access_token()")
            .call(|it: Engagement| it.identity_groups().merge("ID-1", "i1"))
            .marked(|it: Engagement| it.identity_groups().merge("canary", "canary")),
    ]
}
