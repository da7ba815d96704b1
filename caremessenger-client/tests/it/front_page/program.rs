use caremessenger_client::{CareMessenger, Ensured, NewAssistanceProvider, SiteId};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (Ok(password), Ok(hook)) = (std::fs::read_to_string("password.txt"), std::fs::read_to_string("hook.txt")) else {
        println!("put your administrator's password into password.txt, and the URL of your receiver into hook.txt");
        return Ok(());
    };
    let care = CareMessenger::builder().credentials("admin@example.com", password.trim()).build()?;
    register(&care, hook.trim()).await
}

async fn register(care: &CareMessenger, hook: &str) -> Result<(), Box<dyn std::error::Error>> {
    let helper = NewAssistanceProvider::for_site(SiteId(5), "Acacia Avenue, duty manager", "Duty manager")
        .email("Duty manager", "duty@example.com")
        .webhook("Duty desk", hook);
    for lint in helper.lint() {
        eprintln!("are you sure? {lint:?}"); // a URL that can't be reached, no mail address beside it, …
    }
    match care.assistance_providers().ensure(helper).await {
        Ok(Ensured::Found { provider, drift }) => println!("provider {} is there already: {drift:?}", provider.id),
        Ok(created) => println!("residents can call provider {} now", created.provider().id),
        Err(error) => eprintln!("{}", error.report()), // wait a little, and run it again: it creates none twice
    }
    Ok(())
}
