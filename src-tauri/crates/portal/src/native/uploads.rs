//! Large pictures go in pieces, each from where the portal says that the last one ended: also after this process died.

use domain::ids::Hash;
use protocol::{PARTIAL_UPLOAD, UPLOAD_COMPLETE, UPLOAD_OFFSET, Upload};
use reqwest::{Method, header};

use super::Native;
use crate::{Fault, PictureFile, Told, http};

const PIECE: usize = 4 << 20;
/// The portal may have another end of it than we left there (somebody else sends the same picture, its disk lost some),
/// but not again and again.
const MOST_CORRECTIONS: u32 = 3;

impl Native {
    pub(super) async fn in_pieces(&self, picture: &PictureFile<'_>, told: Told<'_>) -> Result<(), Fault> {
        let mut corrections = 0;
        let mut upload = self.how_far(picture.hash).await?;
        loop {
            if upload.complete {
                told(picture.bytes.len());
                return Ok(());
            }
            told(within(picture, upload.offset));
            upload = match self.piece(picture, upload.offset).await {
                Ok(upload) => upload,
                // Something else is there than we believe, or what was there was not this picture and is gone.
                Err(Fault::Refused { status: 400 | 409, .. }) if corrections < MOST_CORRECTIONS => {
                    corrections += 1;
                    self.how_far(picture.hash).await?
                }
                Err(fault) => return Err(fault),
            };
        }
    }

    async fn how_far(&self, hash: Hash) -> Result<Upload, Fault> {
        self.ask(self.request(Method::GET, &format!("/uploads/{hash}"))).await
    }

    /// Where more is there than the picture is long, nothing is left to send, and the portal finds out what it has.
    async fn piece(&self, picture: &PictureFile<'_>, from: u64) -> Result<Upload, Fault> {
        let rest = &picture.bytes[within(picture, from)..];
        let piece = &rest[..rest.len().min(PIECE)];
        let is_last = piece.len() == rest.len();
        let request = self
            .request(Method::PATCH, &format!("/uploads/{}", picture.hash))
            .header(header::CONTENT_TYPE, PARTIAL_UPLOAD)
            .header(UPLOAD_OFFSET, from)
            .header(UPLOAD_COMPLETE, if is_last { "?1" } else { "?0" })
            .timeout(http::while_sending(self.answer, piece.len()));
        self.ask(request.body(piece.to_vec())).await
    }
}

fn within(picture: &PictureFile<'_>, offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX).min(picture.bytes.len())
}
