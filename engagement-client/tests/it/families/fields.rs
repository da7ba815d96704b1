//! No documented field is lost: each object is read and written again, and every value is there.

use super::object;
use care_testkit::json_leaves::{leaves, lost};
use engagement_client::{
    AgentStatus, Attachment, Category, Channel, Community, Content, CustomField, Event, Folder, Identity,
    IdentityGroup, InterfaceLocale, InterventionComment, Locale, PresenceStatus, ReplyAssistantEntry,
    ReplyAssistantGroup, ReplyAssistantVersion, Role, Settings, Source, Survey, SurveyResponse, Tag, Task, Team,
    Thread, TimeSheet, Timezone, Topology, User, UserCapacity, UserSignature, Webhook,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

type Read = fn(Value) -> Result<Value, serde_json::Error>;

fn read<T: DeserializeOwned + Serialize>(document: Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(document)?)
}

const OBJECTS: [(&str, Read); 34] = [
    ("agent-status.json", read::<AgentStatus>),
    ("attachment.json", read::<Attachment>),
    ("category.json", read::<Category>),
    ("channel.json", read::<Channel>),
    ("community.json", read::<Community>),
    ("content.json", read::<Content>),
    ("custom-field.json", read::<CustomField>),
    ("event.json", read::<Event>),
    ("folder.json", read::<Folder>),
    ("identity.json", read::<Identity>),
    ("identity-group.json", read::<IdentityGroup>),
    ("interface-locale.json", read::<InterfaceLocale>),
    ("intervention-comment.json", read::<InterventionComment>),
    ("locale.json", read::<Locale>),
    ("presence-status.json", read::<PresenceStatus>),
    ("reply-assistant-entry.json", read::<ReplyAssistantEntry>),
    ("reply-assistant-group.json", read::<ReplyAssistantGroup>),
    ("reply-assistant-version.json", read::<ReplyAssistantVersion>),
    ("role.json", read::<Role>),
    ("settings.json", read::<Settings>),
    ("source.json", read::<Source>),
    ("survey.json", read::<Survey>),
    ("survey-response.json", read::<SurveyResponse>),
    ("tag.json", read::<Tag>),
    ("task.json", read::<Task>),
    ("team.json", read::<Team>),
    ("thread.json", read::<Thread>),
    ("time-sheet.json", read::<TimeSheet>),
    ("timezone.json", read::<Timezone>),
    ("topology.json", read::<Topology>),
    ("user.json", read::<User>),
    ("user-capacity.json", read::<UserCapacity>),
    ("user-signature.json", read::<UserSignature>),
    ("webhook.json", read::<Webhook>),
];

#[test]
fn no_value_of_any_object_is_lost() {
    for (file, read) in OBJECTS {
        let document = object(file);
        let written = read(document.clone()).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(lost(&document, &written), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn each_answer_is_checked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/families/answers");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.collect::<BTreeSet<_>>(), OBJECTS.map(|(file, _)| file.to_owned()).into());
}

#[test]
fn every_field_but_the_required_ones_may_be_null_or_absent() {
    let required = ["id", "name", "label", "body"];
    for (file, read) in OBJECTS {
        for key in object(file).as_object().unwrap().keys().filter(|key| !required.contains(&key.as_str())) {
            let mut without = object(file);
            without[key] = Value::Null;
            read(without.clone()).unwrap_or_else(|error| panic!("{file}, {key} null: {error}"));
            without.as_object_mut().unwrap().remove(key);
            read(without).unwrap_or_else(|error| panic!("{file} without {key}: {error}"));
        }
    }
}

#[test]
fn an_unknown_word_and_an_unknown_field_are_read() {
    for (file, read) in OBJECTS {
        let mut document = object(file);
        document["something_new"] = serde_json::json!({"deep": [1]});
        for (path, leaf) in leaves(&object(file)) {
            if matches!(
                leaf.as_str(),
                Some("man" | "half" | "html" | "new" | "success" | "pending" | "available" | "ok")
            ) {
                *document.pointer_mut(&path).unwrap() = "a new word".into();
            }
        }
        read(document).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}

/// Every field of the vendor's models is one of ours: the list beside this file is the specification's.
#[test]
fn every_documented_field_is_in_an_object() {
    let fields = include_str!("fields.tsv").lines().skip(1).map(|line| line.split_once('\t').unwrap());
    let mut missing = Vec::new();
    for (file, field) in fields {
        let document = object(file.split('#').next().unwrap());
        let place = file.split_once('#').map_or("", |(_, place)| place);
        let one = document.pointer(place).unwrap_or_else(|| panic!("{file}"));
        if one.get(field).is_none() {
            missing.push(format!("{file} {field}"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
