//! Calendar users and their profiles, with the bugs of each generation.

use crate::support::newfies::{calendar, event, get, link, make, outcome, read, request, request_as, send, setting};
use care_emulators::newfies::{ControlError, Emulator, Generation, NewUser};
use serde_json::{Value, json};

async fn start(generation: Generation) -> Emulator {
    Emulator::builder().generation(generation).start().await.unwrap()
}

fn jo() -> Value {
    json!({ "username": "jo", "password": "tell-nobody", "email": "jo@example.com", "is_superuser": true })
}

#[tokio::test]
async fn the_response_to_a_new_user_differs_by_generation() {
    for (generation, status, keys, location, profiles) in [
        (Generation::G0, 201, Some(7), true, 1),
        (Generation::G1, 201, Some(5), false, 1),
        (Generation::G2, 500, None, false, 0),
    ] {
        let emulator = start(generation).await;
        let controller = emulator.controller();
        make(&emulator, "calendar-setting", &setting()).await;
        let response = request("POST", "/calendar-user/").json_body(&jo()).send(&emulator).await;
        assert_eq!(response.status, status, "{generation:?}");
        assert_eq!(response.header("location").is_some(), location);
        let body = outcome(&response).1;
        assert_eq!(body.as_object().map(serde_json::Map::len), keys, "{body}");
        assert!(body["password"].as_str().is_none_or(|hash| hash.starts_with("pbkdf2_sha256$12000$")), "{body}");
        let made = controller.users().pop().unwrap();
        assert_eq!((made.username.as_str(), made.is_superuser), ("jo", false), "{generation:?} has stored the user");
        assert_eq!(controller.calendar_user_profiles().len(), profiles);
        assert_eq!(send(&emulator, "POST", "/calendar-user/", &jo()).await.0, 400, "a second one is refused");
        assert_eq!(controller.users().len(), 2);
        // They can log in, without permissions.
        let response = request_as(("jo", "tell-nobody"), "GET", "/event/").send(&emulator).await;
        assert_eq!(response.status, if generation == Generation::G0 { 200 } else { 403 });
    }
}

#[tokio::test]
async fn a_new_calendar_user_needs_a_setting_of_the_caller() {
    for generation in [Generation::G0, Generation::G1] {
        let emulator = start(generation).await;
        let controller = emulator.controller();
        assert_eq!(send(&emulator, "POST", "/calendar-user/", &jo()).await.0, 500);
        assert_eq!(
            (controller.users().len(), controller.calendar_user_profiles().len()),
            (2, 0),
            "the user was stored"
        );
        let [first, second] = [
            make(&emulator, "calendar-setting", &setting()).await,
            make(&emulator, "calendar-setting", &setting()).await,
        ];
        calendar(&emulator, "kim").await;
        let profile = &controller.calendar_user_profiles()[0];
        assert!(first < second && profile.calendar_setting == first);
        assert_eq!((profile.user, profile.manager), (3, 1));
    }
}

#[tokio::test]
async fn a_user_without_a_profile_is_only_in_the_list_of_all_users() {
    let emulator = start(Generation::G2).await;
    make(&emulator, "calendar-setting", &setting()).await;
    assert_eq!(send(&emulator, "POST", "/calendar-user/", &jo()).await.0, 500);
    assert_eq!(read(&emulator, "/calendar-user/").await, json!({ "note": "no calendar-user found" }));
    let users = read(&emulator, "/users/").await;
    assert_eq!(users["results"][1]["username"], "jo");
    assert_eq!(read(&emulator, "/calendar-user/2/").await["username"], "jo");
    assert_eq!(get(&emulator, "/calendar-user-profile/2/").await.0, 404);
    let profile = json!({ "user": 2, "calendar_setting": 1 });
    assert_eq!(send(&emulator, "POST", "/calendar-user-profile/", &profile).await.0, 500);
}

#[tokio::test]
async fn a_user_in_a_profile_gets_500_since_the_first_release() {
    for (generation, status) in [(Generation::G0, 200), (Generation::G1, 500)] {
        let emulator = start(generation).await;
        let (user, _) = calendar(&emulator, "jo").await;
        let path = format!("/calendar-user-profile/{user}/");
        let body = json!({ "user": user, "calendar_setting": "1" });
        assert_eq!(send(&emulator, "PATCH", &path, &body).await.0, status);
        assert_eq!(send(&emulator, "PUT", &path, &body).await.0, status);
        for nobody_s in [1, 99] {
            let (refused, errors) = send(&emulator, "PATCH", &path, &json!({ "user": nobody_s })).await;
            let message = format!("Invalid pk '{nobody_s}' - object does not exist.");
            let expected = if status == 200 { (400, json!({ "user": [message] })) } else { (500, Value::Null) };
            assert_eq!((refused, errors), expected);
        }
        assert_eq!(send(&emulator, "PATCH", &path, &json!({ "calendar_setting": "1" })).await.0, 200);
    }
    let emulator = start(Generation::G0).await;
    let (user, _) = calendar(&emulator, "jo").await;
    let again = json!({ "user": user, "calendar_setting": 1 });
    let (status, errors) = send(&emulator, "POST", "/calendar-user-profile/", &again).await;
    assert_eq!((status, errors.get("user").is_some()), (400, true), "{errors}");
    assert_eq!(request("DELETE", &format!("/calendar-user-profile/{user}/")).send(&emulator).await.status, 204);
    let response = request("POST", "/calendar-user-profile/").json_body(&again).send(&emulator).await;
    assert_eq!((response.status, response.header("location")), (201, None));
}

#[tokio::test]
async fn no_user_one_user_and_several_have_three_shapes() {
    let emulator = start(Generation::G1).await;
    let none = json!({ "note": "no calendar-user-profile found" });
    assert_eq!(read(&emulator, "/calendar-user-profile/").await, none);
    let (jo, _) = calendar(&emulator, "jo").await;
    let one = read(&emulator, "/calendar-user/").await;
    assert_eq!((&one["id"], &one["calendar"]), (&json!(jo), &json!({ "name": "of jo", "max_concurrent": 0 })));
    assert_eq!(one["url"], format!("http://emulator/rest-api/calendar-user/{jo}/"));
    let detail = read(&emulator, &format!("/calendar-user/{jo}/")).await;
    assert!(detail.get("url").is_none() && detail["id"] == jo && detail["calendar"] == one["calendar"], "{detail}");
    assert_eq!(read(&emulator, "/calendar-user-profile/").await["id"], 1);
    let (kim, _) = calendar(&emulator, "kim").await;
    make(&emulator, "calendar", &json!({ "name": "second", "user": link("calendar-user", kim) })).await;
    let many = read(&emulator, "/calendar-user/").await;
    assert_eq!((many.as_array().map(Vec::len), &many[1]["calendar"]), (Some(2), &json!({})));
    let many = read(&emulator, "/calendar-user-profile/").await;
    assert_eq!(many.as_array().map(Vec::len), Some(2));
    // A plain user without a profile isn't a calendar user yet.
    emulator.controller().add_user(NewUser::new("desk", "secret")).unwrap();
    assert_eq!(read(&emulator, "/calendar-user/").await.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn the_link_of_a_listed_profile_leads_to_another_one() {
    let emulator = start(Generation::G1).await;
    let (jo, _) = calendar(&emulator, "jo").await;
    let listed = read(&emulator, "/calendar-user-profile/").await;
    assert_eq!(
        (&listed["id"], listed["url"].as_str()),
        (&json!(1), Some("http://emulator/rest-api/calendar-user-profile/1/"))
    );
    assert_eq!(listed["calendar_setting"], "http://emulator/rest-api/calendar-setting/1/");
    for absent in ["user", "country", "language", "note", "created_date", "updated_date"] {
        assert_eq!(listed.get(absent), None);
    }
    assert_eq!(
        get(&emulator, "/calendar-user-profile/1/").await.0,
        404,
        "1 is the profile's id, and no calendar user's"
    );
    let profile = read(&emulator, &format!("/calendar-user-profile/{jo}/")).await;
    assert_eq!((&profile["id"], &profile["user"], &profile["calendar_setting"]), (&json!(1), &json!(jo), &json!(1)));
}

#[tokio::test]
async fn a_changed_password_is_stored_unhashed_and_not_accepted() {
    let emulator = start(Generation::G1).await;
    let (jo, _) = calendar(&emulator, "jo").await;
    let path = format!("/calendar-user/{jo}/");
    assert_eq!(request_as(("jo", "secret"), "GET", "/users/").send(&emulator).await.status, 200);
    let (_, patched) = send(&emulator, "PATCH", &path, &json!({ "first_name": "Jo" })).await;
    assert!(patched["password"].as_str().unwrap().starts_with("pbkdf2_sha256$"));
    assert_eq!(request_as(("jo", "secret"), "GET", "/users/").send(&emulator).await.status, 200);
    let (_, patched) = send(&emulator, "PATCH", &path, &json!({ "password": "new" })).await;
    assert_eq!((&patched["password"], &patched["first_name"]), (&json!("new"), &json!("Jo")));
    assert_eq!(read(&emulator, "/calendar-user/").await["password"], "new");
    for password in ["secret", "new"] {
        assert_eq!(request_as(("jo", password), "GET", "/users/").send(&emulator).await.status, 403);
    }
    let (_, put) = send(&emulator, "PUT", &path, &json!({ "username": "jo", "password": "newer" })).await;
    assert_eq!((&put["password"], &put["first_name"]), (&json!("newer"), &json!("Jo")));
}

#[tokio::test]
async fn a_put_creates_calendar_users_like_a_post() {
    for (generation, status, profiles) in [(Generation::G1, 201, 1), (Generation::G2, 500, 0)] {
        let emulator = start(generation).await;
        let controller = emulator.controller();
        make(&emulator, "calendar-setting", &setting()).await;
        assert_eq!(send(&emulator, "PUT", "/calendar-user/9/", &jo()).await.0, status, "{generation:?}");
        assert_eq!(
            (controller.user(9).unwrap().username.as_str(), controller.calendar_user_profiles().len()),
            ("jo", profiles)
        );
        assert!(controller.user(9).unwrap().password.starts_with("pbkdf2"));
    }
}

#[tokio::test]
async fn the_controller_creates_what_the_api_can_t() {
    let emulator = start(Generation::G2).await;
    let controller = emulator.controller();
    let no_setting = ControlError::NoSetting { username: "manager".to_owned() };
    assert_eq!(controller.add_calendar_user("manager", "jo", "secret"), Err(no_setting));
    make(&emulator, "calendar-setting", &setting()).await;
    let jo = controller.add_calendar_user("manager", "jo", "secret").unwrap();
    assert_eq!(read(&emulator, "/calendar-user/").await["id"], jo);
    assert_eq!(send(&emulator, "POST", "/calendar-user/", &json!({ "username": "kim", "password": "x" })).await.0, 500);
    let kim = controller.give_profile("manager", "kim").unwrap();
    assert_eq!(read(&emulator, &format!("/calendar-user-profile/{kim}/")).await["manager"], "manager");
    assert_eq!(controller.give_profile("manager", "kim"), Err(ControlError::HasProfile { username: "kim".to_owned() }));
    let taken = ControlError::UsernameTaken { username: "kim".to_owned() };
    assert_eq!(controller.add_calendar_user("manager", "kim", "secret"), Err(taken));
}

#[tokio::test]
async fn an_option_repairs_calendar_users() {
    let emulator = Emulator::builder().repaired().start().await.unwrap();
    make(&emulator, "calendar-setting", &setting()).await;
    let (status, made) = send(&emulator, "POST", "/calendar-user/", &jo()).await;
    assert_eq!((status, made.get("url")), (201, None));
    let profile = json!({ "user": 2, "calendar_setting": 1 });
    assert_eq!(send(&emulator, "PUT", "/calendar-user-profile/2/", &profile).await.0, 200);
    let whose = calendar(&emulator, "kim").await;
    let visit = make(&emulator, "event", &event(whose)).await;
    let alarm = json!({ "event": link("event", visit), "maxretry": null });
    let (_, errors) = send(&emulator, "POST", "/alarm/", &alarm).await;
    assert!(errors.get("maxretry").is_some(), "else it is of its generation");
}

#[tokio::test]
async fn calendar_user_includes_everybody_but_staff_and_superusers() {
    let emulator = start(Generation::G2).await;
    let controller = emulator.controller();
    let manager = controller.add_user(NewUser::new("desk", "secret").every_permission()).unwrap();
    let staff = controller.add_user(NewUser::new("staff", "secret").staff()).unwrap();
    assert_eq!(read(&emulator, &format!("/calendar-user/{manager}/")).await["username"], "desk");
    assert_eq!(get(&emulator, &format!("/calendar-user/{staff}/")).await.0, 404);
    assert_eq!(get(&emulator, "/calendar-user/1/").await.0, 404, "a superuser");
    make(&emulator, "calendar-setting", &setting()).await;
    let jo = controller.add_calendar_user("manager", "jo", "secret").unwrap();
    let taken = request_as(("desk", "secret"), "PATCH", &format!("/calendar-user-profile/{jo}/")).json_body(&json!({}));
    assert_eq!(taken.send(&emulator).await.status, 200);
    assert_eq!(request("DELETE", &format!("/calendar-user/{manager}/")).send(&emulator).await.status, 204);
    assert_eq!(controller.calendar_user_profiles(), [], "a manager's calendar users lose their profiles");
    assert_eq!(request_as(("desk", "secret"), "GET", "/event/").send(&emulator).await.status, 403);
}
