//! The network between a desk and a portal, with the troubles networks have: requests and answers get lost, and
//! somebody else answers.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What happens to one request.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// It never arrives.
    LosesRequest,
    /// The portal does what was asked, and nobody hears of it.
    LosesAnswer,
    /// Somebody on the way answers instead: status line, content type, body.
    Answers(&'static str, &'static str, &'static str),
}

/// A stretch of network with the portal at its far end.
pub struct Network {
    pub url: String,
    inner: Arc<Inner>,
}

struct Inner {
    near: String,
    far: String,
    /// What happens to the next requests that begin so.
    troubles: Mutex<Vec<(String, Trouble)>>,
    seen: Mutex<Vec<String>>,
}

impl Network {
    /// Lays the network to the portal at `url`.
    pub fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let near = listener.local_addr().expect("its address").to_string();
        let far = url.trim_start_matches("http://").to_owned();
        let inner =
            Arc::new(Inner { near: near.clone(), far, troubles: Mutex::default(), seen: Mutex::default() });
        let carrying = Arc::clone(&inner);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inner = Arc::clone(&carrying);
                thread::spawn(move || inner.carry(stream));
            }
        });
        Self { url: format!("http://{near}"), inner }
    }

    /// The next request that begins with `request` (`PUT /dpp/v1/decisions`) has this trouble; later ones do not.
    pub fn next(&self, request: &str, trouble: Trouble) {
        self.inner.troubles.lock().expect("nobody panics here").push((request.to_owned(), trouble));
    }

    /// Returns how many requests began so.
    pub fn seen(&self, request: &str) -> usize {
        let seen = self.inner.seen.lock().expect("nobody panics here");
        seen.iter().filter(|line| line.starts_with(request)).count()
    }
}

impl Inner {
    /// Carries one request; what goes wrong on the way looks like a lost answer, as it should.
    fn carry(&self, mut near: TcpStream) -> Option<()> {
        let (line, request) = self.read(&near)?;
        self.seen.lock().ok()?.push(line.clone());
        let trouble = {
            let mut troubles = self.troubles.lock().ok()?;
            let at = troubles.iter().position(|(begins, _)| line.starts_with(begins));
            at.map(|at| troubles.remove(at).1)
        };
        match trouble {
            Some(Trouble::LosesRequest) => None,
            Some(Trouble::LosesAnswer) => self.ask(&request).map(drop),
            Some(Trouble::Answers(status, kind, body)) => {
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
                near.write_all(answer.as_bytes()).ok()
            }
            None => near.write_all(&self.ask(&request)?).ok(),
        }
    }

    /// Reads a request, as the portal is to get it: under its own name, and nothing after it.
    fn read(&self, near: &TcpStream) -> Option<(String, Vec<u8>)> {
        let mut reader = BufReader::new(near);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let (mut request, mut length) = (line.clone(), 0);
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let lower = header.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if header.trim().is_empty() {
                break;
            }
            if !lower.starts_with("host:") && !lower.starts_with("connection:") {
                request.push_str(&header);
            }
        }
        request.push_str(&format!("Host: {}\r\nConnection: close\r\n\r\n", self.far));
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        Some((line, [request.into_bytes(), body].concat()))
    }

    /// Asks the portal; the addresses it names are those at this end.
    fn ask(&self, request: &[u8]) -> Option<Vec<u8>> {
        let mut far = TcpStream::connect(&self.far).ok()?;
        far.write_all(request).ok()?;
        let mut answer = Vec::new();
        far.read_to_end(&mut answer).ok()?;
        assert_eq!(self.near.len(), self.far.len(), "the answer's length must stay what it says");
        let (mut at, far, near) = (0, self.far.as_bytes(), self.near.as_bytes());
        while let Some(found) = answer.get(at..)?.windows(far.len()).position(|window| window == far) {
            answer[at + found..at + found + far.len()].copy_from_slice(near);
            at += found + far.len();
        }
        Some(answer)
    }
}
