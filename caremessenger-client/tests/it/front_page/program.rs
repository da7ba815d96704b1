use caremessenger_client::{CareMessenger, Ensured, NewAssistanceProvider, SiteId};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let read = |file: &str| std::fs::read_to_string(file);
    let (Ok(password), Ok(hook)) = (read("password.txt"), read("hook.txt")) else {
        println!("put your password into password.txt, and your receiver's URL into hook.txt");
        return Ok(());
    };
    let care = CareMessenger::builder()
        .credentials("admin@example.com", password.trim())
        .build()?;
    register(&care, hook.trim()).await
}

async fn register(care: &CareMessenger, hook: &str) -> Result<(), Box<dyn std::error::Error>> {
    let name = "Acacia Avenue, duty manager";
    let helper = NewAssistanceProvider::for_site(SiteId(5), name, "Duty manager")
        .email("Duty manager", "duty@example.com")
        .webhook("Duty desk", hook);
    for lint in helper.lint() {
        eprintln!("are you sure? {lint:?}"); // such as no mail address beside a webhook
    }
    match care.assistance_providers().ensure(helper).await {
        Ok(Ensured::Found { provider, drift }) => println!("{}: {drift:?}", provider.id),
        Ok(created) => println!("residents can call provider {} now", created.provider().id),
        Err(error) => eprintln!("{}", error.report()), // run again: none is created twice
    }
    Ok(())
}
