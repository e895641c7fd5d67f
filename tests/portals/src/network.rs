//! The network between a desk and a portal, with the troubles networks have: requests and answers get lost, and
//! somebody else answers.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
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
    /// Nothing comes back for so long; then the portal does what was asked.
    Sleeps(Duration),
}

/// A stretch of network with the portal at its far end.
pub struct Network {
    pub url: String,
    inner: Arc<Inner>,
}

struct Inner {
    near: String,
    far: String,
    troubles: Mutex<Vec<(Which, Trouble)>>,
    seen: Mutex<Vec<Request>>,
}

/// A request as it was sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method, path and version.
    pub line: String,
    pub body: Vec<u8>,
}

/// Which request has a trouble; each trouble happens once.
enum Which {
    /// The next that begins so.
    Begins(String),
    /// The one with this number, the first that was seen being 1.
    Number(usize),
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
        self.inner.befall(Which::Begins(request.to_owned()), trouble);
    }

    /// The request with this number has this trouble, the first that is seen from the beginning being 1.
    pub fn at(&self, number: usize, trouble: Trouble) {
        self.inner.befall(Which::Number(number), trouble);
    }

    /// Returns how many requests began so.
    pub fn seen(&self, request: &str) -> usize {
        self.requests().iter().filter(|sent| sent.line.starts_with(request)).count()
    }

    /// Returns all requests, in the order of their coming.
    pub fn requests(&self) -> Vec<Request> {
        self.inner.seen.lock().expect("nobody panics here").clone()
    }
}

impl Inner {
    fn befall(&self, which: Which, trouble: Trouble) {
        self.troubles.lock().expect("nobody panics here").push((which, trouble));
    }

    /// Notes a request and returns its trouble, if it has one.
    fn note(&self, request: Request) -> Option<Trouble> {
        let (mut seen, mut troubles) = (self.seen.lock().ok()?, self.troubles.lock().ok()?);
        seen.push(request);
        let (number, line) = (seen.len(), &seen.last()?.line);
        let at = troubles.iter().position(|(which, _)| match which {
            Which::Begins(begins) => line.starts_with(begins),
            Which::Number(wanted) => number == *wanted,
        })?;
        Some(troubles.remove(at).1)
    }

    /// Carries one request; what goes wrong on the way looks like a lost answer, as it should.
    fn carry(&self, mut near: TcpStream) -> Option<()> {
        let (noted, request) = self.read(&near)?;
        match self.note(noted) {
            Some(Trouble::LosesRequest) => None,
            Some(Trouble::LosesAnswer) => self.ask(&request).map(drop),
            Some(Trouble::Answers(status, kind, body)) => {
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
                near.write_all(answer.as_bytes()).ok()
            }
            Some(Trouble::Sleeps(time)) => {
                thread::sleep(time);
                near.write_all(&self.ask(&request)?).ok()
            }
            None => near.write_all(&self.ask(&request)?).ok(),
        }
    }

    /// Reads a request, as the portal is to get it: under its own name, all addresses at its own end, and nothing
    /// after it.
    fn read(&self, near: &TcpStream) -> Option<(Request, Vec<u8>)> {
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
        exchange(&mut body, &self.near, &self.far);
        let whole = [request.as_bytes(), &body].concat();
        Some((Request { line: line.trim_end().to_owned(), body }, whole))
    }

    /// Asks the portal; the addresses it names are those at this end.
    fn ask(&self, request: &[u8]) -> Option<Vec<u8>> {
        let mut far = TcpStream::connect(&self.far).ok()?;
        far.write_all(request).ok()?;
        let mut answer = Vec::new();
        far.read_to_end(&mut answer).ok()?;
        exchange(&mut answer, &self.far, &self.near);
        Some(answer)
    }
}

/// Writes one address in the place of the other, as long, so that lengths stay what they say.
fn exchange(bytes: &mut [u8], from: &str, to: &str) {
    assert_eq!(from.len(), to.len(), "the length of a message must stay what it says");
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(from.len()).position(|window| window == from.as_bytes()) {
        bytes[at + found..at + found + to.len()].copy_from_slice(to.as_bytes());
        at += found + to.len();
    }
}
