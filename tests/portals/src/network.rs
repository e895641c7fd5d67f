//! The network between a desk and a portal, with the troubles networks have: requests and answers get lost, and
//! somebody else answers.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
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
    /// The portal does what was asked, and its answer is on the way for so long.
    AnswersLate(Duration),
    /// The connection is reset as soon as it is made.
    Resets,
    /// So many bytes of it arrive; then the connection is cut.
    CutsRequest(usize),
    /// The portal does what was asked, and so many bytes of its answer come back; then the connection is cut.
    CutsAnswer(usize),
    /// It arrives byte by byte, with this pause after each.
    TricklesRequest(Duration),
    /// Its answer comes back byte by byte, with this pause after each.
    TricklesAnswer(Duration),
    /// Somebody on the way answers instead, with these very bytes.
    Says(String),
    /// The portal does what was asked, and its answer is changed on the way.
    Changes(fn(&[u8]) -> Vec<u8>),
    /// It arrives twice; the second answer comes back.
    Twice,
    /// Nothing comes back until somebody calls [`Network::lets_go`], and nothing then; the portal has done by now what was
    /// asked, or never hears of it.
    Stalls { done: bool },
    /// It is on the way until somebody calls [`Network::what_is_late_arrives`]; the connection is cut now.
    IsLate,
}

/// Decides the trouble of a request, by its first line and its number.
type Script = Box<dyn FnMut(&str, usize) -> Option<Trouble> + Send>;

/// A stretch of network with the portal at its far end.
pub struct Network {
    pub url: String,
    inner: Arc<Inner>,
}

struct Inner {
    near: String,
    far: String,
    troubles: Mutex<Vec<(Which, Trouble)>>,
    script: Mutex<Option<Script>>,
    seen: Mutex<Vec<Request>>,
    late: Mutex<Vec<Vec<u8>>>,
    stalled: AtomicBool,
    gone: AtomicBool,
}

/// A request as it was sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// Method, path and version.
    pub line: String,
    pub body: Vec<u8>,
    /// All of it, as the portal was to get it.
    pub whole: Vec<u8>,
    /// What the portal answered, if it was asked.
    pub answer: Vec<u8>,
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
        let inner = Arc::new(Inner {
            near: near.clone(),
            far,
            troubles: Mutex::default(),
            script: Mutex::default(),
            seen: Mutex::default(),
            late: Mutex::default(),
            stalled: AtomicBool::default(),
            gone: AtomicBool::default(),
        });
        let carrying = Arc::clone(&inner);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if carrying.gone.load(SeqCst) {
                    return;
                }
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

    /// Every request that has no other trouble has the one that `script` decides, until there is another script.
    pub fn scripted(&self, script: impl FnMut(&str, usize) -> Option<Trouble> + Send + 'static) {
        *self.inner.script.lock().expect("nobody panics here") = Some(Box::new(script));
    }

    /// From now on nothing goes wrong.
    pub fn is_well(&self) {
        *self.inner.script.lock().expect("nobody panics here") = None;
        self.inner.troubles.lock().expect("nobody panics here").clear();
    }

    /// What was on its way arrives now; nobody waits for the answers. Returns how much it was.
    pub fn what_is_late_arrives(&self) -> usize {
        let late = std::mem::take(&mut *self.inner.late.lock().expect("nobody panics here"));
        late.iter().filter_map(|request| self.inner.ask(request)).count()
    }

    /// Says whether a request stalls.
    pub fn is_stalled(&self) -> bool {
        self.inner.stalled.load(SeqCst)
    }

    /// What stalls is cut off now.
    pub fn lets_go(&self) {
        self.inner.stalled.store(false, SeqCst);
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

impl Drop for Network {
    fn drop(&mut self) {
        self.lets_go();
        self.inner.gone.store(true, SeqCst);
        TcpStream::connect(&self.inner.near).ok(); // wakes who waits for the next connection
    }
}

impl Inner {
    fn befall(&self, which: Which, trouble: Trouble) {
        self.troubles.lock().expect("nobody panics here").push((which, trouble));
    }

    /// Notes a request and returns its number and its trouble, if it has one.
    fn note(&self, request: Request) -> Option<(usize, Option<Trouble>)> {
        let (mut seen, mut troubles) = (self.seen.lock().ok()?, self.troubles.lock().ok()?);
        seen.push(request);
        let (number, line) = (seen.len(), &seen.last()?.line);
        let at = troubles.iter().position(|(which, _)| match which {
            Which::Begins(begins) => line.starts_with(begins),
            Which::Number(wanted) => number == *wanted,
        });
        let trouble = match at {
            Some(at) => Some(troubles.remove(at).1),
            None => self.script.lock().ok()?.as_mut().and_then(|script| script(line, number)),
        };
        Some((number, trouble))
    }

    /// Carries one request; what goes wrong on the way looks like a lost answer, as it should.
    fn carry(&self, mut near: TcpStream) -> Option<()> {
        if self.resets_now() {
            return None; // closed with bytes unread, a connection is reset
        }
        let request = self.read(&near)?;
        let whole = request.whole.clone();
        let (number, trouble) = self.note(request)?;
        let ask = || self.ask_as(number, &whole);
        match trouble {
            None => near.write_all(&ask()?).ok(),
            Some(Trouble::LosesRequest | Trouble::Resets) => None,
            Some(Trouble::LosesAnswer) => ask().map(drop),
            Some(Trouble::Answers(status, kind, body)) => near.write_all(&answer(status, kind, body)).ok(),
            Some(Trouble::Says(words)) => near.write_all(words.as_bytes()).ok(),
            Some(Trouble::Sleeps(time)) => {
                thread::sleep(time);
                near.write_all(&ask()?).ok()
            }
            Some(Trouble::AnswersLate(time)) => {
                let answer = ask()?;
                thread::sleep(time);
                near.write_all(&answer).ok()
            }
            Some(Trouble::CutsRequest(bytes)) => {
                let mut far = TcpStream::connect(&self.far).ok()?;
                far.write_all(&whole[..bytes.min(whole.len())]).ok()
            }
            Some(Trouble::CutsAnswer(bytes)) => {
                let answer = ask()?;
                near.write_all(&answer[..bytes.min(answer.len())]).ok()
            }
            Some(Trouble::TricklesRequest(pause)) => {
                let mut far = TcpStream::connect(&self.far).ok()?;
                trickle(&mut far, &whole, pause)?;
                near.write_all(&self.answer_of(far)?).ok()
            }
            Some(Trouble::TricklesAnswer(pause)) => trickle(&mut near, &ask()?, pause),
            Some(Trouble::Changes(change)) => near.write_all(&change(&ask()?)).ok(),
            Some(Trouble::Twice) => {
                ask()?;
                near.write_all(&ask()?).ok()
            }
            Some(Trouble::Stalls { done }) => {
                if done {
                    ask()?;
                }
                self.stalled.store(true, SeqCst);
                while self.stalled.load(SeqCst) {
                    thread::sleep(Duration::from_millis(1));
                }
                None
            }
            Some(Trouble::IsLate) => self.late.lock().ok().map(|mut late| late.push(whole)),
        }
    }

    /// A connection that is reset at once never says what it is for: the next request is meant.
    fn resets_now(&self) -> bool {
        let mut troubles = self.troubles.lock().expect("nobody panics here");
        let next = self.seen.lock().expect("nobody panics here").len() + 1;
        let at = troubles.iter().position(|(which, trouble)| {
            matches!(trouble, Trouble::Resets) && matches!(which, Which::Number(number) if *number == next)
        });
        at.map(|at| troubles.remove(at)).is_some()
    }

    fn ask_as(&self, number: usize, request: &[u8]) -> Option<Vec<u8>> {
        let answer = self.ask(request)?;
        self.seen.lock().ok()?.get_mut(number - 1)?.answer.clone_from(&answer);
        Some(answer)
    }

    /// Reads a request, as the portal is to get it: under its own name, all addresses at its own end, and nothing
    /// after it.
    fn read(&self, near: &TcpStream) -> Option<Request> {
        let mut reader = BufReader::new(near);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let (mut request, mut length, mut is_picture) = (line.clone(), 0, false);
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).ok()?;
            let lower = header.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            is_picture |= ["content-type: image/", "content-type: application/partial-upload"]
                .iter()
                .any(|pictures| lower.starts_with(pictures));
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
        if !is_picture {
            exchange(&mut body, &self.near, &self.far); // a picture names no address, and may be large
        }
        let whole = [request.as_bytes(), &body].concat();
        Some(Request { line: line.trim_end().to_owned(), body, whole, answer: Vec::new() })
    }

    /// Asks the portal; the addresses it names are those at this end.
    fn ask(&self, request: &[u8]) -> Option<Vec<u8>> {
        let mut far = TcpStream::connect(&self.far).ok()?;
        far.write_all(request).ok()?;
        self.answer_of(far)
    }

    fn answer_of(&self, mut far: TcpStream) -> Option<Vec<u8>> {
        let mut answer = Vec::new();
        far.read_to_end(&mut answer).ok()?;
        exchange(&mut answer, &self.far, &self.near);
        Some(answer)
    }
}

/// An answer that says how long it is.
fn answer(status: &str, kind: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}");
    format!("{head}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

fn trickle(to: &mut TcpStream, bytes: &[u8], pause: Duration) -> Option<()> {
    to.set_nodelay(true).ok()?;
    for byte in bytes {
        to.write_all(std::slice::from_ref(byte)).ok()?;
        thread::sleep(pause);
    }
    Some(())
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
