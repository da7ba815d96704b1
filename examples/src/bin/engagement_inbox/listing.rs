use crate::{arguments::Arguments, destination::Destination, progress::Progress, server::Server};
use examples::Failure;
use futures_util::TryStreamExt;

/// Writes the whole list, page by page, and says what came of it.
pub(crate) async fn list(
    server: &Server,
    arguments: &Arguments,
    mut destination: Destination,
    progress: &Progress,
) -> Result<(), Failure> {
    let call = server.interventions().list(arguments.list());
    // What can't be asked for was told wrongly.
    call.parts().map_err(|error| Failure::usage(error.report()))?;
    let (mut pages, mut writer) = (call.pages(), arguments.format.writer());
    let (mut listed, mut unreadable, mut there) = (0, 0, None);
    let most = arguments.most.unwrap_or(u64::MAX);
    progress.show(listed, None);
    while listed < most
        && let Some(page) = pages.try_next().await?
    {
        there = page.total;
        let mut interventions = Vec::with_capacity(page.rows());
        for row in page.into_iter().take(usize::try_from(most - listed).unwrap_or(usize::MAX)) {
            listed += 1;
            match row {
                Ok(intervention) => interventions.push(intervention),
                Err(row) => {
                    unreadable += 1;
                    progress.note(&format!("not listed: {}: {}", row.id, row.error));
                }
            }
        }
        let text = writer.page(&interventions)?;
        progress.apart(|| destination.write(&text))?;
        progress.show(listed, there.map(|there| there.min(most)));
    }
    let text = writer.end()?;
    progress.apart(|| destination.write(&text))?;
    let place = destination.keep()?.map(|path| format!(" in {}", path.display())).unwrap_or_default();
    let of = there.filter(|there| *there > listed);
    let of = of.map(|there| format!(" of the {there} that the server counts")).unwrap_or_default();
    progress.note(&format!("Interventions{place}: {}{of}.", listed - unreadable));
    match unreadable {
        0 => Ok(()),
        1 => Err(Failure::failed("1 intervention can't be read, and is not listed")),
        _ => Err(Failure::failed(format!("{unreadable} interventions can't be read, and are not listed"))),
    }
}
