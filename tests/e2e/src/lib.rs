//! Drives the window as a person does: a screen, a web driver, hands and eyes.
