<?php
// A blank stands before the colon of the accept field.
// doctor: warning FIELD_BLANK_BEFORE_COLON
declare(strict_types=1);
require __DIR__ . '/server.php';

(new class extends Server {
    protected function response(string $accept): string
    {
        return str_replace('Accept:', 'Accept :', parent::response($accept));
    }
})->run();
