//! The database of several processes.

use example_web::Db;

#[tokio::test]
async fn processes_that_start_at_once_make_the_tables_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("web.sqlite").display());
    let (first, second, third) = tokio::join!(Db::connect(&url), Db::connect(&url), Db::connect(&url));
    for db in [first, second, third] {
        db.unwrap().ping().await.unwrap();
    }
}
