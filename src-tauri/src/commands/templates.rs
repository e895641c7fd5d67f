//! The window's commands about templates.

use desk::window::*;

use super::{Answer, TheDesk};

#[tauri::command(async)]
pub fn templates(desk: TheDesk<'_>) -> Answer<Vec<TemplateShown>> {
    Ok(desk.templates()?)
}

#[tauri::command(async)]
pub fn new_from_template(desk: TheDesk<'_>, request: FromTemplate) -> Answer<ArticleShown> {
    Ok(desk.new_from_template(&request)?)
}

#[tauri::command(async)]
pub fn save_as_template(desk: TheDesk<'_>, request: TemplateWanted) -> Answer<Vec<TemplateShown>> {
    Ok(desk.save_as_template(&request)?)
}

#[tauri::command(async)]
pub fn rename_template(desk: TheDesk<'_>, request: TemplateRenamed) -> Answer<Vec<TemplateShown>> {
    Ok(desk.rename_template(&request)?)
}

#[tauri::command(async)]
pub fn remove_template(desk: TheDesk<'_>, request: TemplateAsked) -> Answer<Vec<TemplateShown>> {
    Ok(desk.remove_template(request.id)?)
}
