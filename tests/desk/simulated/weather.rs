//! What befalls the requests of a simulated day: drawn from its dice, one request after the other.

use fastrand::Rng;

use crate::network::Trouble;

/// Of a hundred requests so many have a trouble, in bad weather.
const BAD: u8 = 30;

pub struct Weather {
    dice: Rng,
    /// Which request from now on finds the desk killed, and whether the portal had done by then what was asked.
    kills: Option<(usize, bool)>,
}

impl Weather {
    pub fn of(seed: u64) -> Self {
        Self { dice: Rng::with_seed(seed), kills: None }
    }

    /// The desk dies at one of the next requests.
    pub fn kills_soon(&mut self) {
        self.kills = Some((self.dice.usize(1..8), self.dice.bool()));
    }

    pub fn nobody_dies(&mut self) {
        self.kills = None;
    }

    pub fn befalls(&mut self) -> Option<Trouble> {
        if let Some((requests, done)) = self.kills.take() {
            if requests == 1 {
                return Some(Trouble::Stalls { done });
            }
            self.kills = Some((requests - 1, done));
        }
        (self.dice.u8(0..100) < BAD).then(|| self.trouble())
    }

    fn trouble(&mut self) -> Trouble {
        match self.dice.u8(0..19) {
            0 | 1 => Trouble::LosesRequest,
            2..=4 => Trouble::LosesAnswer,
            5 => Trouble::CutsRequest(self.dice.usize(0..4000)),
            6 => Trouble::CutsAnswer(self.dice.usize(0..600)),
            7 => Trouble::Twice,
            8 | 9 => Trouble::IsLate,
            10 => Trouble::Changes(half),
            11 => Trouble::Changes(failed),
            12 => Trouble::Changes(twice),
            13 => Trouble::Says(busy(self.dice.usize(0..5))),
            14 => Trouble::Answers("502 Bad Gateway", "text/html", "<h1>502</h1>"),
            15 => Trouble::Answers("200 OK", "text/html", "<h1>Wi-Fi: log in</h1>"),
            16 => Trouble::Answers("302 Found", "text/html", ""),
            17 => Trouble::Answers(
                "401 Unauthorized",
                PROBLEM,
                r#"{"type":"unauthorised","status":401,"detail":"?"}"#,
            ),
            _ => Trouble::Answers("422 Unprocessable Entity", PROBLEM, REFUSED),
        }
    }
}

const PROBLEM: &str = "application/problem+json";
const REFUSED: &str = r#"{"type":"content-mismatch","status":422,"detail":"Chuyên mục này đã đóng."}"#;

/// The portal did what was asked, and half of what it says arrives.
fn half(answer: &[u8]) -> Vec<u8> {
    answer[..answer.len() / 2].to_vec()
}

/// The portal did what was asked, and the server before it says that it failed.
fn failed(_: &[u8]) -> Vec<u8> {
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
}

fn twice(answer: &[u8]) -> Vec<u8> {
    answer.repeat(2)
}

/// `Retry-After` in every form there is.
fn busy(form: usize) -> String {
    let asks = ["7", "Sun, 06 Nov 2094 08:49:37 GMT", "", "-5", "315360000"][form];
    let header = if asks.is_empty() { String::new() } else { format!("Retry-After: {asks}\r\n") };
    format!("HTTP/1.1 429 Too Many Requests\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n")
}
